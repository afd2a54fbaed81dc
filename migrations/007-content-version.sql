-- A number that changes with whatever readers see, in the same transaction: a page kept in memory under this number is
-- right in every process, and nothing has to be told to forget it.

alter table settings add column content_version integer not null default 1;

create function note_content_change() returns trigger language plpgsql as $$
begin
  update settings set content_version = content_version + 1;
  return null;
end
$$;

create function note_settings_change() returns trigger language plpgsql as $$
begin
  new.content_version := old.content_version + 1;
  return new;
end
$$;

create trigger note_settings_change before update on settings
  for each row when (new.content_version = old.content_version) execute function note_settings_change();

do $$
declare
  content text;
begin
  foreach content in array array[
    'media', 'renditions', 'slides', 'directions', 'direction_members', 'direction_referents', 'direction_media',
    'engagements', 'actions', 'action_steps', 'tags', 'action_tags', 'action_directions', 'action_pilotes',
    'action_documents', 'related_actions', 'issues', 'albums', 'album_media', 'pages', 'home_words', 'highlights',
    'demarche_steps'
  ] loop
    execute format(
      'create trigger note_content_change after insert or update or delete or truncate on %I
        for each statement execute function note_content_change()',
      content
    );
  end loop;
end
$$;

-- Readers see the names of agents, not when they signed in.
create trigger note_content_change after delete or update of name, deactivated_at on agents
  for each statement execute function note_content_change();
