-- What is made of a file after it was received (slides, for now): waiting, being made, ready, or failed with the reason.

alter table media
  add column preparation text not null default 'ready' check (preparation in ('waiting', 'working', 'ready', 'failed')),
  -- Counted before each attempt: a file that ends the process that prepares it is not tried for ever.
  add column preparation_attempts smallint not null default 0,
  -- A sentence for the webmaster.
  add column preparation_note text not null default '' check (length(preparation_note) <= 400);
create index media_to_prepare_slides on media (id) where preparation in ('waiting', 'working');

-- What was sent before slides were made.
update media set preparation = 'waiting'
where kind = 'presentation' and trashed_at is null and not exists (select from slides where slides.media_id = media.id);

-- The renditions of a video are videos, and a sound; « width » is then 0.
alter table renditions drop constraint renditions_format_check;
alter table renditions add constraint renditions_format_check check (format in ('avif', 'webp', 'mp4', 'm4a'));
update media set preparation = 'waiting' where kind = 'video' and trashed_at is null;
