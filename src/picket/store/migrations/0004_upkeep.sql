-- Which volume the index belongs to, and when it was last looked after.

CREATE TABLE volume (
  id TEXT PRIMARY KEY NOT NULL,
  node TEXT NOT NULL DEFAULT 'local'
);

CREATE TABLE upkeep (
  task TEXT PRIMARY KEY NOT NULL,
  node TEXT NOT NULL DEFAULT 'local',
  finished_time DOUBLE PRECISION NOT NULL,
  is_good SMALLINT NOT NULL,
  outcome TEXT NOT NULL
);
