-- Exports: files that were asked for, and how far they are. Times are Unix seconds (UTC).

CREATE TABLE export (
  id TEXT PRIMARY KEY NOT NULL,
  node TEXT NOT NULL DEFAULT 'local',
  camera TEXT NOT NULL,
  name TEXT NOT NULL,
  start_time DOUBLE PRECISION NOT NULL,
  end_time DOUBLE PRECISION NOT NULL,
  playback TEXT NOT NULL,
  state TEXT NOT NULL,
  progress DOUBLE PRECISION NOT NULL,
  error TEXT NOT NULL,
  created_time DOUBLE PRECISION NOT NULL,
  finished_time DOUBLE PRECISION,
  size_bytes BIGINT
);

CREATE UNIQUE INDEX export_by_name ON export (name);
CREATE INDEX export_by_state ON export (state, created_time, id);
