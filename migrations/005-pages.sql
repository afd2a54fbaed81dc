-- The pages that the webmaster writes: the words of the home page, its highlights, La démarche, the legal pages.

create table pages (
  id integer generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null check (length(title) between 1 and 160),
  introduction text not null default '' check (length(introduction) <= 600),
  body text not null default '',
  updated_at timestamptz not null default now(),
  search tsvector generated always as (
    setweight(to_tsvector('french_unaccent', title), 'A') || setweight(to_tsvector('french_unaccent', introduction), 'B')
    || setweight(to_tsvector('french_unaccent', body), 'C')
  ) stored
);
create index pages_search on pages using gin (search);

create table home_words (
  id integer generated always as identity primary key,
  author_name text not null check (length(author_name) between 1 and 120),
  author_title text not null default '' check (length(author_title) <= 160),
  title text not null check (length(title) between 1 and 160),
  body text not null default '',
  portrait_id integer references media on delete set null,
  video_id integer references media on delete set null,
  "order" smallint not null default 0,
  published_at timestamptz,
  updated_at timestamptz not null default now(),
  demonstration boolean not null default false
);

create table highlights (
  id integer generated always as identity primary key,
  title text not null check (length(title) between 1 and 160),
  text text not null default '' check (length(text) <= 300),
  href text not null check (href ~ '^/[^/\\]'),
  image_id integer references media on delete set null,
  "order" smallint not null default 0,
  published_at timestamptz,
  updated_at timestamptz not null default now(),
  demonstration boolean not null default false
);

create table demarche_steps (
  id integer generated always as identity primary key,
  precision text not null check (precision in ('year', 'years', 'month', 'day')),
  part text check (part in ('debut', 'milieu', 'fin')),
  starts_on date not null,
  ends_on date,
  title text not null check (length(title) between 1 and 160),
  body text not null default '',
  image_id integer references media on delete set null,
  "order" smallint not null default 0,
  demonstration boolean not null default false,
  check (part is null or precision = 'year'),
  check ((precision = 'years') = (ends_on is not null)),
  check (ends_on is null or ends_on > starts_on)
);
