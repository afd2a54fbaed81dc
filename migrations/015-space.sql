-- The room that files take, and what looks after it.

-- In billions of bytes, as disks are sold; null: the disk itself is the limit.
alter table settings add column quota_gigabytes integer check (quota_gigabytes between 1 and 100000);

-- Which site this is: the same mark is kept in the uploads folder, so that nothing is ever swept from the folder of another one.
create table installation (
  id boolean primary key default true check (id),
  mark uuid not null default gen_random_uuid(),
  created_at timestamptz not null default now(),
  -- When the mark was written in the folder; null: not yet.
  marked_at timestamptz
);
insert into installation default values;

-- Bytes that a row was made to let go of, in the transaction that did it. What nobody names and is not here was lost by accident.
create table released_bytes (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  released_at timestamptz not null default now()
);

-- What the last rounds did: a sweep each day, a check of all bytes each month.
create table media_sweeps (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('sweep', 'check')),
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  -- A sentence for the webmaster, where it would not touch anything.
  refusal text check (length(refusal) <= 600),
  -- Looked at: the stored files.
  seen_count integer not null default 0,
  seen_bytes bigint not null default 0,
  temporary_count integer not null default 0,
  aside_count integer not null default 0,
  aside_bytes bigint not null default 0,
  erased_count integer not null default 0,
  erased_bytes bigint not null default 0,
  damaged_count integer not null default 0,
  -- Where a check that was interrupted goes on.
  checked_until text
);

-- Stored bytes that are not what their rows say.
create table damaged_bytes (
  sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  problem text not null check (problem in ('missing', 'size', 'damaged')),
  found_at timestamptz not null default now()
);
