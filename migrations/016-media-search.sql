-- The words of slides and of films are searched like those of pages. Notes and transcripts count less than what is shown.

alter table media add column search tsvector generated always as (
  setweight(to_tsvector('french_unaccent', title), 'B') || setweight(to_tsvector('french_unaccent', left(transcript, 200000)), 'D')
) stored;
create index media_search on media using gin (search) where kind in ('video', 'presentation', 'pdf');

alter table slides add column search tsvector generated always as (
  setweight(to_tsvector('french_unaccent', title), 'B') || setweight(to_tsvector('french_unaccent', left(text, 100000)), 'C')
  || setweight(to_tsvector('french_unaccent', left(notes, 100000)), 'D')
) stored;
create index slides_search on slides using gin (search);
