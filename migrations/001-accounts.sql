-- Who may enter: agents, their sessions, the requests to sign in, and the messages waiting to leave.

create extension if not exists unaccent;
create extension if not exists pg_trgm;

-- French words without their accents: « amenagement » finds « aménagé ».
create text search configuration french_unaccent (copy = french);
alter text search configuration french_unaccent
  alter mapping for hword, hword_part, word with unaccent, french_stem;

create table agents (
  id integer generated always as identity primary key,
  email text not null unique check (email = lower(email) and email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 254),
  name text not null check (length(name) between 1 and 120),
  job_title text not null default '' check (length(job_title) <= 160),
  role text not null default 'agent' check (role in ('agent', 'webmaster')),
  last_signed_in_at timestamptz,
  deactivated_at timestamptz,
  demonstration boolean not null default false,
  created_at timestamptz not null default now()
);

create table sessions (
  id integer generated always as identity primary key,
  -- SHA-256 of the random identifier that the cookie holds: a copy of this table opens nothing.
  token_hash bytea not null unique check (length(token_hash) = 32),
  agent_id integer not null references agents on delete cascade,
  device text not null check (device in ('personnel', 'partage')),
  device_label text not null check (length(device_label) <= 120),
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index sessions_of_agent on sessions (agent_id, last_seen_at desc) where revoked_at is null;
create index sessions_expired on sessions (expires_at);

-- One request to sign in, bound to the browser that asked. The code and the link are not stored: they are derived from
-- the nonce with a key that the database does not hold.
create table sign_in_requests (
  id integer generated always as identity primary key,
  browser_hash bytea not null unique check (length(browser_hash) = 32),
  nonce bytea not null check (length(nonce) = 32),
  email text not null check (length(email) <= 254),
  return_to text not null,
  device_label text not null check (length(device_label) <= 120),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '10 minutes'
    check (expires_at <= created_at + interval '10 minutes'),
  tries smallint not null default 0 check (tries between 0 and 5),
  used_at timestamptz
);
create index sign_in_requests_created on sign_in_requests (created_at);

-- How often a key (an address, a network) was seen in a window of time. Keys are hashed: no address is kept.
create table rate_limits (
  key bytea not null,
  window_started_at timestamptz not null,
  count integer not null default 1,
  primary key (key, window_started_at)
);
create index rate_limits_window on rate_limits (window_started_at);

-- Messages to send: written in the transaction of what causes them, sent by a worker, tried again when the server refuses.
create table outbox (
  id integer generated always as identity primary key,
  kind text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  available_at timestamptz not null default now(),
  useless_after timestamptz,
  attempts smallint not null default 0,
  sent_at timestamptz,
  abandoned_at timestamptz,
  last_error text
);
create index outbox_waiting on outbox (available_at) where sent_at is null and abandoned_at is null;

-- What the city decides about its site: one row.
create table settings (
  id boolean primary key default true check (id),
  site_name text not null default 'Le projet d’administration',
  city_name text not null default 'Votre ville',
  contact_email text,
  -- « listed » lets in only the agents that the webmaster has entered.
  who_may_sign_in text not null default 'domains' check (who_may_sign_in in ('domains', 'listed')),
  menu_demarche text not null default 'La démarche',
  menu_directions text not null default 'Projets de direction',
  menu_engagements text not null default 'Engagements et actions',
  menu_bonus text not null default 'Bonus',
  publisher_name text,
  publisher_address text,
  publication_director text,
  host_name text,
  host_address text,
  data_protection_officer text,
  accessibility_audited_on date,
  accessibility_criteria_applicable smallint check (accessibility_criteria_applicable between 1 and 106),
  accessibility_criteria_validated smallint
    check (accessibility_criteria_validated between 0 and accessibility_criteria_applicable),
  -- Null: the site was never filled. True: the demonstration is on show. False: it was removed, and must not come back.
  demonstration boolean
);
insert into settings default values;
