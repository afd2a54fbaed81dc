-- The media library: who brought a file, where its important point is, and a trash.

alter table media
  add column author_id integer references agents on delete set null,
  -- In hundredths of the width and of the height; null: the middle.
  add column focal_x smallint check (focal_x between 0 and 100),
  add column focal_y smallint check (focal_y between 0 and 100),
  add column trashed_at timestamptz,
  add column trashed_by integer references agents on delete set null,
  add constraint media_focal_point check ((focal_x is null) = (focal_y is null));

create index media_listed on media (created_at desc, id desc) where trashed_at is null;
create index media_trashed on media (trashed_at desc) where trashed_at is not null;
-- A slide is not a file of its own: the library looks for the deck it belongs to.
create index slides_image on slides (image_id);
