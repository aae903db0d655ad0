-- Counts of events and sums of footage, so that summaries need not read every row, and groups of
-- events that are alike, so that any list is found by its group. `counts.py` keeps all of it.

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

ALTER TABLE event ADD COLUMN group_id BIGINT;
ALTER TABLE event ADD COLUMN quarter BIGINT;
ALTER TABLE event ADD COLUMN length_s DOUBLE PRECISION;

DROP INDEX event_by_time;
DROP INDEX event_by_camera;
DROP INDEX event_by_label;
DROP INDEX event_by_sub_label;
DROP TABLE event_zone;
DROP TABLE event_sub_label;

INSERT INTO event_group
       (id, camera, label, sub_label, zones, has_clip, has_snapshot, events, newest_quarter)
SELECT ROW_NUMBER() OVER (ORDER BY camera, label), camera, label, sub_label, zones,
       has_clip, has_snapshot, COUNT(*), MAX(start_second) / 900
  FROM event
 GROUP BY camera, label, sub_label, zones, has_clip, has_snapshot;

-- Before there are indexes on what is set.
UPDATE event
   SET quarter = start_second / 900,
       length_s = end_time - start_time,
       group_id = (SELECT alike.id FROM event_group AS alike
                    WHERE alike.camera = event.camera AND alike.label = event.label
                      AND alike.zones = event.zones AND alike.has_clip = event.has_clip
                      AND alike.has_snapshot = event.has_snapshot
                      AND COALESCE(alike.sub_label, '') = COALESCE(event.sub_label, '')
                      AND (alike.sub_label IS NULL) = (event.sub_label IS NULL));

INSERT INTO event_count (group_id, quarter, events)
SELECT group_id, quarter, COUNT(*) FROM event GROUP BY group_id, quarter;

INSERT INTO clip_count (camera, quarter, events)
SELECT camera, quarter, COUNT(*) FROM event WHERE has_clip = 1 GROUP BY camera, quarter;

INSERT INTO footage_quarter (camera, quarter, segments, duration_s, size_bytes, motion, objects)
SELECT camera, start_second / 900, COUNT(*), SUM(duration_s), SUM(size_bytes), SUM(motion),
       SUM(objects)
  FROM segment GROUP BY camera, start_second / 900;

CREATE INDEX event_by_time ON event (start_time, id, group_id, start_second, score, length_s);
CREATE INDEX event_by_group ON event (group_id, start_time, id, start_second, score, length_s);
CREATE INDEX event_by_score ON event (score, start_time, id, group_id, start_second, length_s);
CREATE INDEX event_by_length ON event (length_s, start_time, id, group_id, start_second, score);
