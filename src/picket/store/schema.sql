-- The whole schema as the migrations leave it; a test keeps it true.
-- Plain SQL only, so that another database can run it; flags are 0 or 1.
-- `start_second` is the whole second of `start_time`: local days and hours are integer sums on it.

CREATE TABLE event (
  id TEXT PRIMARY KEY NOT NULL,
  node TEXT NOT NULL DEFAULT 'local',
  camera TEXT NOT NULL,
  label TEXT NOT NULL,
  sub_label TEXT,
  sub_label_score DOUBLE PRECISION,
  sub_label_is_set SMALLINT NOT NULL DEFAULT 0,
  start_time DOUBLE PRECISION NOT NULL,
  start_second BIGINT NOT NULL,
  end_time DOUBLE PRECISION,
  zones TEXT NOT NULL,
  has_clip SMALLINT NOT NULL,
  has_snapshot SMALLINT NOT NULL,
  retain_indefinitely SMALLINT NOT NULL,
  plus_id TEXT,
  false_positive SMALLINT,
  type TEXT NOT NULL,
  score DOUBLE PRECISION NOT NULL,
  top_score DOUBLE PRECISION NOT NULL,
  details TEXT NOT NULL,
  detector_type TEXT,
  model_type TEXT,
  model_hash TEXT,
  group_id BIGINT,
  quarter BIGINT,
  length_s DOUBLE PRECISION
);

CREATE INDEX event_by_time ON event (start_time, id, group_id, start_second, score, length_s);
CREATE INDEX event_by_group ON event (group_id, start_time, id, start_second, score, length_s);
CREATE INDEX event_by_score ON event (score, start_time, id, group_id, start_second, length_s);
CREATE INDEX event_by_length ON event (length_s, start_time, id, group_id, start_second, score);
CREATE INDEX event_by_camera_time ON event (camera, start_time, id);
CREATE INDEX event_open ON event (start_time, id) WHERE end_time IS NULL;
CREATE INDEX event_retained ON event (start_time, id) WHERE retain_indefinitely = 1;
CREATE INDEX event_submitted ON event (start_time, id) WHERE plus_id IS NOT NULL;

CREATE TABLE event_thumbnail (
  event_id TEXT PRIMARY KEY NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  jpeg BLOB NOT NULL,
  node TEXT NOT NULL DEFAULT 'local'
);

CREATE TABLE timeline (
  source_id TEXT NOT NULL,
  timestamp DOUBLE PRECISION NOT NULL,
  moment TEXT NOT NULL,
  attribute TEXT NOT NULL,
  camera TEXT NOT NULL,
  source TEXT NOT NULL,
  label TEXT NOT NULL,
  zones TEXT NOT NULL,
  box TEXT NOT NULL,
  region TEXT NOT NULL,
  node TEXT NOT NULL DEFAULT 'local',
  PRIMARY KEY (source_id, timestamp, moment, attribute)
);

CREATE INDEX timeline_by_time ON timeline (timestamp);
CREATE INDEX timeline_by_camera ON timeline (camera, timestamp);

CREATE TABLE segment (
  id TEXT PRIMARY KEY NOT NULL,
  node TEXT NOT NULL DEFAULT 'local',
  camera TEXT NOT NULL,
  session TEXT NOT NULL,
  path TEXT NOT NULL,
  start_time DOUBLE PRECISION NOT NULL,
  start_second BIGINT NOT NULL,
  end_time DOUBLE PRECISION NOT NULL,
  duration_s DOUBLE PRECISION NOT NULL,
  size_bytes BIGINT NOT NULL,
  is_closed SMALLINT NOT NULL,
  codecs TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  init_size INTEGER NOT NULL,
  motion BIGINT,
  objects BIGINT,
  dbfs BIGINT,
  fragments BLOB NOT NULL
);

CREATE INDEX segment_by_camera ON segment
  (camera, start_time, start_second, end_time, duration_s, motion, objects, size_bytes, id);
CREATE INDEX segment_by_time ON segment (start_time, id);
CREATE INDEX segment_open ON segment (camera, start_time) WHERE is_closed = 0;

CREATE TABLE gap (
  id TEXT PRIMARY KEY NOT NULL,
  node TEXT NOT NULL DEFAULT 'local',
  camera TEXT NOT NULL,
  start_time DOUBLE PRECISION NOT NULL,
  end_time DOUBLE PRECISION,
  reason TEXT NOT NULL,
  detail TEXT NOT NULL
);

CREATE INDEX gap_by_camera ON gap (camera, start_time);
CREATE INDEX gap_by_time ON gap (start_time);

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

CREATE TABLE event_group (
  id BIGINT PRIMARY KEY NOT NULL,
  node TEXT NOT NULL DEFAULT 'local',
  camera TEXT NOT NULL,
  label TEXT NOT NULL,
  sub_label TEXT,
  zones TEXT NOT NULL,
  has_clip SMALLINT NOT NULL,
  has_snapshot SMALLINT NOT NULL,
  events BIGINT NOT NULL,
  newest_quarter BIGINT NOT NULL
);

CREATE INDEX event_group_by_words ON event_group (camera, label, zones, sub_label);

CREATE TABLE event_count (
  group_id BIGINT NOT NULL,
  quarter BIGINT NOT NULL,
  events BIGINT NOT NULL,
  node TEXT NOT NULL DEFAULT 'local',
  PRIMARY KEY (group_id, quarter)
);

CREATE TABLE clip_count (
  camera TEXT NOT NULL,
  quarter BIGINT NOT NULL,
  events BIGINT NOT NULL,
  node TEXT NOT NULL DEFAULT 'local',
  PRIMARY KEY (camera, quarter)
);

CREATE TABLE footage_quarter (
  camera TEXT NOT NULL,
  quarter BIGINT NOT NULL,
  segments BIGINT NOT NULL,
  duration_s DOUBLE PRECISION NOT NULL,
  size_bytes BIGINT NOT NULL,
  motion BIGINT,
  objects BIGINT,
  node TEXT NOT NULL DEFAULT 'local',
  PRIMARY KEY (camera, quarter)
);

CREATE TABLE camera_day (
  camera TEXT NOT NULL,
  day BIGINT NOT NULL,
  event_changes BIGINT NOT NULL,
  footage_changes BIGINT NOT NULL,
  node TEXT NOT NULL DEFAULT 'local',
  PRIMARY KEY (camera, day)
);

CREATE TABLE schema_version (version BIGINT NOT NULL);

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

CREATE TABLE push_subscription (
  endpoint TEXT PRIMARY KEY NOT NULL,
  node TEXT NOT NULL DEFAULT 'local',
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  created_time DOUBLE PRECISION NOT NULL,
  name TEXT NOT NULL
);

CREATE TABLE event_path (
  event_id TEXT PRIMARY KEY NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  points BLOB NOT NULL,
  node TEXT NOT NULL DEFAULT 'local'
);
