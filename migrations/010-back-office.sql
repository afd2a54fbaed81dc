-- What the back-office needs beyond drafts: every content has its kind, addresses that changed lead on, those who may only
-- propose are answered, and whatever is done is written in a journal that nobody can change.

-- The words and highlights of the home page, and the timeline of La démarche, are each written as one document.
alter table entries drop constraint entries_kind_check;
alter table entries add constraint entries_kind_check
  check (kind in ('action', 'engagement', 'direction', 'issue', 'album', 'page', 'home', 'demarche'));
update entries set kind = 'demarche' where kind = 'page' and content_id = (select id from pages where slug = 'demarche');
-- There is one home page, and no table of home pages.
insert into entries (kind, content_id, title) values ('home', 1, 'Accueil');
drop trigger forget_entry on pages;
create function forget_page_entry() returns trigger language plpgsql as $$
begin
  delete from entries where kind in ('page', 'demarche') and content_id = old.id;
  return null;
end
$$;
create trigger forget_entry after delete on pages for each row execute function forget_page_entry();

-- « Les référents proposent »: a proposal is a draft that waits for the webmaster.
alter table entries
  add column proposed_at timestamptz,
  add column proposed_by integer references agents on delete set null,
  add column returned_at timestamptz,
  add column return_comment text check (length(return_comment) <= 1000);
create index entries_proposed on entries (proposed_at) where proposed_at is not null;
create index entries_proposed_by on entries (proposed_by) where proposed_by is not null;
alter table revisions drop constraint revisions_event_check;
alter table revisions add constraint revisions_event_check
  check (event in ('saved', 'proposed', 'published', 'withdrawn', 'restored', 'trashed', 'untrashed'));

-- Addresses that readers may still hold: of what was renamed, and of what was withdrawn.
create table redirects (
  path text primary key check (path ~ '^/[a-z0-9/-]+$' and length(path) <= 300),
  -- Where it is now; null: withdrawn without a replacement, and the entry says why.
  target text check (target ~ '^/([^/\\]|$)' and length(target) <= 300),
  entry_id integer not null references entries on delete cascade,
  created_at timestamptz not null default now()
);
create index redirects_of on redirects (entry_id);

-- Who did what, when, on what. The name and the title are kept as they were.
create table journal (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  agent_id integer references agents on delete set null,
  agent_name text not null,
  -- What it is about: a kind of content, « agent », « media », « settings »…
  subject text not null,
  subject_id integer,
  title text not null,
  event text not null,
  details text not null default '',
  -- What it was before, for what can be put back from the journal (the settings).
  former jsonb
);
create index journal_recent on journal (at desc, id desc);
create index journal_about on journal (subject, subject_id);
create index journal_by on journal (agent_id, at desc);

-- The site adds lines; it changes none, and forgets only what is older than half a year.
create function protect_journal() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.at < now() - interval '6 months' then
      return old;
    end if;
    raise exception 'The journal is not erased.';
  end if;
  -- An agent whose row goes leaves their name.
  if new.agent_id is null and (to_jsonb(new) - 'agent_id') = (to_jsonb(old) - 'agent_id') then
    return new;
  end if;
  raise exception 'The journal is not rewritten.';
end
$$;
create trigger protect_journal before update or delete on journal for each row execute function protect_journal();
create function protect_journal_whole() returns trigger language plpgsql as $$
begin
  raise exception 'The journal is not emptied.';
end
$$;
create trigger protect_journal_whole before truncate on journal for each statement execute function protect_journal_whole();

insert into journal (at, agent_id, agent_name, subject, subject_id, title, event)
select revisions.created_at, revisions.agent_id, revisions.agent_name, entries.kind, entries.id, entries.title, revisions.event
from revisions join entries on entries.id = revisions.entry_id
order by revisions.created_at, revisions.id;

-- What the webmaster may set.
alter table settings
  add column referents_publish boolean not null default true,
  -- Null: those of the environment (EMAIL_DOMAINS).
  add column email_domains text[],
  add column sender_name text check (length(sender_name) between 1 and 80),
  -- « #c14a26 »; null: the colours of the house.
  add column accent text check (accent ~ '^#[0-9a-f]{6}$'),
  add column logo_id integer references media on delete set null,
  add column journal_months smallint not null default 12 check (journal_months between 6 and 60),
  add column session_days smallint not null default 90 check (session_days between 1 and 180),
  add column banner_text text check (length(banner_text) between 1 and 300),
  add column banner_href text check (banner_href ~ '^/([^/\\]|$)' and length(banner_href) <= 300);

-- Folders of the media library: one level, made by naming them.
create table media_folders (
  id integer generated always as identity primary key,
  name text not null check (length(name) between 1 and 80)
);
create unique index media_folders_name on media_folders (lower(name));
alter table media
  add column folder_id integer references media_folders on delete set null,
  -- Who said last what the image shows: whoever brought it may, until somebody else did.
  add column described_by integer references agents on delete set null;

-- Large files that arrive in several times (tus): whose they are, and what became of those that are complete. The bytes wait
-- in the folder of uploads, where nothing is served.
create table resumable_uploads (
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  agent_id integer not null references agents on delete cascade,
  filename text not null check (length(filename) between 1 and 300),
  -- Of the library, as typed; empty: none.
  folder text not null default '' check (length(folder) <= 80),
  size bigint not null check (size > 0),
  -- Written with the row of the file: what is complete becomes one file, however often it is asked for.
  media_id integer references media on delete set null,
  refusal text,
  finished_at timestamptz,
  created_at timestamptz not null default now()
);
create index resumable_uploads_of on resumable_uploads (agent_id, created_at);
create index resumable_uploads_media on resumable_uploads (media_id) where media_id is not null;

-- Every column that names a file is looked up when a file goes.
create index actions_image on actions (image_id) where image_id is not null;
create index engagements_image on engagements (image_id) where image_id is not null;
create index directions_image on directions (image_id) where image_id is not null;
create index direction_members_portrait on direction_members (portrait_id) where portrait_id is not null;
create index issues_cover on issues (cover_id) where cover_id is not null;
create index issues_pdf on issues (pdf_id) where pdf_id is not null;
create index home_words_portrait on home_words (portrait_id) where portrait_id is not null;
create index home_words_video on home_words (video_id) where video_id is not null;
create index highlights_image on highlights (image_id) where image_id is not null;
create index demarche_steps_image on demarche_steps (image_id) where image_id is not null;
create index media_poster on media (poster_id) where poster_id is not null;
create index media_captions on media (captions_id) where captions_id is not null;
create index media_described_by on media (described_by) where described_by is not null;
create index media_folder on media (folder_id) where folder_id is not null;
