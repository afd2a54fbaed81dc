-- One mechanism for everything that is written and published. What readers see stays in the tables of each feature; an entry
-- holds what is being written beside it, and its revisions hold all that was ever saved.

create table entries (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('action', 'engagement', 'direction', 'issue', 'album', 'page')),
  -- The row of the feature's own table; null until the first publication.
  content_id integer,
  title text not null default '' check (length(title) <= 200),
  -- What is being written; null when nothing differs from what is published.
  draft jsonb,
  -- Counts the saves. A save names the version it began from, and is refused when another came between (409).
  version integer not null default 1,
  saved_by integer references agents on delete set null,
  saved_at timestamptz not null default now(),
  publish_at timestamptz,
  withdraw_at timestamptz check (withdraw_at > publish_at),
  withdrawn_at timestamptz,
  withdrawal_reason text check (length(withdrawal_reason) <= 400),
  trashed_at timestamptz,
  trashed_by integer references agents on delete set null,
  created_at timestamptz not null default now(),
  unique (kind, content_id)
);
create index entries_scheduled on entries (publish_at) where publish_at is not null;
create index entries_withdrawal on entries (withdraw_at) where withdraw_at is not null;
create index entries_trashed on entries (trashed_at) where trashed_at is not null;
create index entries_saved on entries (saved_at desc);

create table revisions (
  id integer generated always as identity primary key,
  entry_id integer not null references entries on delete cascade,
  version integer not null,
  event text not null check (event in ('saved', 'published', 'withdrawn', 'restored', 'trashed', 'untrashed')),
  document jsonb not null,
  agent_id integer references agents on delete set null,
  -- The name as it was: who did what stays readable after they left.
  agent_name text not null,
  created_at timestamptz not null default now()
);
create index revisions_of on revisions (entry_id, id desc);
create index revisions_recent on revisions (created_at desc);

-- Who has the page open: a courtesy shown to others, forgotten after two minutes.
create table editing (
  entry_id integer not null references entries on delete cascade,
  agent_id integer not null references agents on delete cascade,
  seen_at timestamptz not null default now(),
  primary key (entry_id, agent_id)
);

insert into entries (kind, content_id, title)
select 'action', id, title from actions
union all select 'engagement', id, title from engagements
union all select 'direction', id, name from directions
union all select 'issue', id, title from issues
union all select 'album', id, title from albums
union all select 'page', id, title from pages;

-- What was deleted with its feature's row (the demonstration, say) leaves no entry behind.
create function forget_entry() returns trigger language plpgsql as $$
begin
  delete from entries where kind = tg_argv[0] and content_id = old.id;
  return null;
end
$$;
create trigger forget_entry after delete on actions for each row execute function forget_entry('action');
create trigger forget_entry after delete on engagements for each row execute function forget_entry('engagement');
create trigger forget_entry after delete on directions for each row execute function forget_entry('direction');
create trigger forget_entry after delete on issues for each row execute function forget_entry('issue');
create trigger forget_entry after delete on albums for each row execute function forget_entry('album');
create trigger forget_entry after delete on pages for each row execute function forget_entry('page');
