-- Files. The bytes lie in UPLOADS_DIR under their SHA-256; a row gives them a name and a meaning.

create table media (
  id integer generated always as identity primary key,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  content_type text not null,
  filename text not null check (length(filename) between 1 and 150),
  kind text not null check (kind in ('image', 'video', 'presentation', 'pdf', 'document', 'captions')),
  title text not null check (length(title) between 1 and 200),
  -- Null: nobody has said yet what the image shows. Empty: it is decorative (RGAA 1.2).
  alt text check (length(alt) <= 500),
  width integer check (width > 0),
  height integer check (height > 0),
  duration_seconds integer check (duration_seconds > 0),
  page_count integer check (page_count > 0),
  poster_id integer references media on delete set null,
  captions_id integer references media on delete set null,
  transcript text not null default '',
  -- When the renditions of an image were made; null: still to do.
  prepared_at timestamptz,
  demonstration boolean not null default false,
  created_at timestamptz not null default now()
);
create index media_sha256 on media (sha256);
create index media_to_prepare on media (id) where kind = 'image' and prepared_at is null;

-- The same image, smaller, in the formats that browsers prefer.
create table renditions (
  media_id integer not null references media on delete cascade,
  format text not null check (format in ('avif', 'webp')),
  width integer not null,
  height integer not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  primary key (media_id, format, width)
);
create index renditions_sha256 on renditions (sha256);

-- A presentation as it is read in the page: one image a slide, with its words.
create table slides (
  media_id integer not null references media on delete cascade,
  position smallint not null check (position > 0),
  image_id integer not null references media on delete cascade,
  title text not null,
  text text not null default '',
  notes text not null default '',
  primary key (media_id, position)
);
