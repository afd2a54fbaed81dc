-- The magazine Entre nous and the gallery.

create table issues (
  id integer generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  number smallint not null unique check (number > 0),
  title text not null check (length(title) between 1 and 160),
  season text not null default '' check (length(season) <= 60),
  issued_on date not null,
  summary text not null default '' check (length(summary) <= 400),
  body text not null default '',
  cover_id integer references media on delete set null,
  pdf_id integer references media on delete set null,
  published_at timestamptz,
  updated_at timestamptz not null default now(),
  author_id integer references agents on delete set null,
  demonstration boolean not null default false,
  search tsvector generated always as (
    setweight(to_tsvector('french_unaccent', title), 'A') || setweight(to_tsvector('french_unaccent', summary), 'B')
    || setweight(to_tsvector('french_unaccent', body), 'C')
  ) stored
);
create index issues_search on issues using gin (search);
create index issues_updated on issues (updated_at desc) where published_at is not null;

create table albums (
  id integer generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null check (length(title) between 1 and 160),
  description text not null default '' check (length(description) <= 600),
  held_on date not null,
  published_at timestamptz,
  updated_at timestamptz not null default now(),
  author_id integer references agents on delete set null,
  demonstration boolean not null default false,
  search tsvector generated always as (
    setweight(to_tsvector('french_unaccent', title), 'A') || setweight(to_tsvector('french_unaccent', description), 'B')
  ) stored
);
create index albums_search on albums using gin (search);
create index albums_updated on albums (updated_at desc) where published_at is not null;

create table album_media (
  album_id integer not null references albums on delete cascade,
  media_id integer not null references media on delete cascade,
  caption text not null default '' check (length(caption) <= 400),
  "order" smallint not null default 0,
  primary key (album_id, media_id)
);
create index album_media_media on album_media (media_id);
