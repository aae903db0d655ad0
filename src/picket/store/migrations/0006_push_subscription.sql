-- Browsers that want to be told. Times are Unix seconds (UTC).

CREATE TABLE push_subscription (
  endpoint TEXT PRIMARY KEY NOT NULL,
  node TEXT NOT NULL DEFAULT 'local',
  p256dh TEXT NOT NULL,
  auth TEXT NOT NULL,
  created_time DOUBLE PRECISION NOT NULL,
  name TEXT NOT NULL
);
