-- What users called false: it is not told again. Times are Unix seconds (UTC).

CREATE TABLE suppression (
  id TEXT PRIMARY KEY NOT NULL,
  node TEXT NOT NULL DEFAULT 'local',
  camera TEXT NOT NULL,
  label TEXT NOT NULL,
  box TEXT NOT NULL,
  appearance BLOB NOT NULL,
  score DOUBLE PRECISION NOT NULL,
  created_time DOUBLE PRECISION NOT NULL,
  note TEXT NOT NULL,
  thumbnail BLOB NOT NULL,
  marked_event SMALLINT NOT NULL,
  quieted BIGINT NOT NULL,
  quieted_time DOUBLE PRECISION
);
