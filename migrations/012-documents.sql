-- What a PDF says of itself, for the webmaster: can everyone read it? Null: not known (yet, or on this machine).

alter table media
  add column pdf_title text check (length(pdf_title) <= 300),
  -- As the file says it: « fr-FR ».
  add column pdf_language text check (length(pdf_language) <= 40),
  add column pdf_is_tagged boolean,
  -- How many pages hold words: none of a document that was scanned.
  add column pdf_text_pages integer check (pdf_text_pages >= 0);

-- Those that are here already are read again for it, and get their page images on the way.
update media set preparation = 'waiting', preparation_attempts = 0, preparation_note = ''
where kind = 'pdf' and trashed_at is null;

-- The library's tabs.
create index media_unprepared on media (id) where preparation <> 'ready' or (kind = 'image' and prepared_at is null);
