-- Where the object of an event was while it moved: a blob of points, see `event_paths.py`.

CREATE TABLE event_path (
  event_id TEXT PRIMARY KEY NOT NULL REFERENCES event (id) ON DELETE CASCADE,
  points BLOB NOT NULL,
  node TEXT NOT NULL DEFAULT 'local'
);
