-- By which way of release a run was proposed (1 one person, 2 a second person, 3 nobody); a run from
-- before counts as one of a single person, and the setting of the day of its release counts as well.
ALTER TABLE retention_run ADD COLUMN release {int} NOT NULL DEFAULT 1;

-- A looser way of release that somebody asked for and a second person has not confirmed yet.
ALTER TABLE retention_setting ADD COLUMN asked {int};
ALTER TABLE retention_setting ADD COLUMN asked_by {text};
ALTER TABLE retention_setting ADD COLUMN asked_at {int};
