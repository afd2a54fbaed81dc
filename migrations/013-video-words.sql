-- What is told of a video: its chapters, the picture one sees before it plays, and why it has no words when it has none.

alter table media
  -- [{ "at": seconds, "title": text }], in order. Null: neither its file nor anybody has said.
  add column chapters jsonb check (jsonb_typeof(chapters) = 'array'),
  -- Of an image: the film it was taken from. It goes when another takes its place, and nothing else shows it.
  add column frame_of integer references media on delete set null,
  -- Of a video: the second whose picture is asked for as its poster, until it is there.
  add column frame_wanted double precision check (frame_wanted between 0 and 86400),
  add column frame_attempts smallint not null default 0,
  -- A sentence for who asked, when it could not be taken.
  add column frame_note text not null default '' check (length(frame_note) <= 400);
create index media_frames_wanted on media (id) where frame_wanted is not null;
create index media_frames on media (frame_of) where frame_of is not null;

-- Until now the site gave the picture it took the number of its film.
update media as image set frame_of = video.id
from media as video
where video.kind = 'video' and video.poster_id = image.id and image.kind = 'image'
  and image.filename = 'affiche-' || video.id || '.jpg';

-- Who said that a video stays without captions nor transcript, why, and until when.
create table missing_words (
  media_id integer primary key references media on delete cascade,
  reason text not null check (reason in ('sans-paroles', 'recente', 'tiers', 'autre')),
  text text not null default '' check (length(text) <= 400),
  -- Of a recent recording: when its words come.
  due_on date check ((due_on is not null) = (reason = 'recente')),
  agent_id integer references agents on delete set null,
  agent_name text not null,
  said_at timestamptz not null default now(),
  check (reason <> 'autre' or text <> '')
);
create trigger note_content_change after insert or update or delete or truncate on missing_words
  for each statement execute function note_content_change();
