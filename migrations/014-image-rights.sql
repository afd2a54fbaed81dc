-- Photos: when they were taken, and the droit à l’image of those whom they show.

alter table media
  -- Of a photo, as its camera said; where it was taken is read by nobody.
  add column taken_at timestamptz,
  -- Who is shown, in words.
  add column people text not null default '' check (length(people) <= 400),
  add column agreement text not null default 'a_demander'
    check (agreement in ('a_demander', 'sans_personne', 'oui', 'non', 'jusqu_au')),
  add column agreement_until date,
  -- Where the written agreement is: « formulaire du 12 mars 2026 ».
  add column agreement_source text not null default '' check (length(agreement_source) <= 400),
  add column agreement_by integer references agents on delete set null,
  add column agreement_at timestamptz,
  -- When the end of the agreement was told to the webmasters, so that it is once.
  add column agreement_end_told_at timestamptz,
  -- Somebody who is shown asked that it be removed: readers see it no more, until the webmaster decides otherwise.
  add column hidden_at timestamptz,
  add constraint media_agreement_until check ((agreement = 'jusqu_au') = (agreement_until is not null));

create index media_agreement_until on media (agreement_until) where agreement = 'jusqu_au';
create index media_hidden on media (hidden_at) where hidden_at is not null;

-- « Je suis sur cette photo, retirez-la. »
create table removal_requests (
  id integer generated always as identity primary key,
  media_id integer not null references media on delete cascade,
  agent_id integer references agents on delete set null,
  -- The name as it was: who asked what stays readable after they left.
  agent_name text not null,
  message text not null default '' check (length(message) <= 1000),
  created_at timestamptz not null default now(),
  decision text check (decision in ('masquee', 'jetee', 'remise')),
  decision_reason text not null default '' check (length(decision_reason) <= 1000),
  decided_by integer references agents on delete set null,
  decided_at timestamptz,
  check ((decision is null) = (decided_at is null))
);
create unique index removal_requests_open on removal_requests (media_id, agent_id) where decided_at is null;
create index removal_requests_waiting on removal_requests (created_at) where decided_at is null;
create index removal_requests_by on removal_requests (agent_id, created_at);

-- Whether the photos and videos of an album may be downloaded whole.
alter table albums add column downloads boolean not null default true;
update entries set draft = draft || '{"downloads": true}' where kind = 'album' and draft is not null;
update revisions set document = document || '{"downloads": true}'
where entry_id in (select id from entries where kind = 'album');

-- The page as it came, where nobody wrote it otherwise.
update pages set body = replace(
  body,
  'elles peuvent le retirer à tout moment, en écrivant au contact indiqué ci-dessus.',
  'elles peuvent le retirer à tout moment, par le lien « Je suis sur cette photo, retirez-la » ou en écrivant au contact indiqué ci-dessus.'
)
where slug = 'mentions-legales';
