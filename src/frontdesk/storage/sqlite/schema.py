"""The tables, made and brought up to date in numbered steps.

Each thing is one row: its id and its `document`, the model's JSON, which is the only truth about
it. What is searched or sorted by is a virtual column computed from the document and indexed, so it
cannot disagree with it. Side tables are there where one thing has many: the sites of a project,
the idempotency keys of its leads.
"""

STEPS = (
    """
    CREATE TABLE health (id INTEGER PRIMARY KEY CHECK (id = 1), checks INTEGER NOT NULL) STRICT;

    CREATE TABLE projects (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL
    ) STRICT;

    CREATE TABLE project_sites (
        host TEXT NOT NULL,
        path_prefix TEXT NOT NULL,
        project_id TEXT NOT NULL REFERENCES projects (id),
        by_hand INTEGER NOT NULL,
        PRIMARY KEY (host, path_prefix, project_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX project_sites_project ON project_sites (project_id);

    CREATE TABLE knowledge (
        id TEXT PRIMARY KEY REFERENCES projects (id),
        document TEXT NOT NULL
    ) STRICT;

    CREATE TABLE unknown_sites (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        last_seen_at TEXT AS (document ->> 'last_seen_at')
    ) STRICT;
    CREATE INDEX unknown_sites_seen ON unknown_sites (last_seen_at);

    CREATE TABLE conversations (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        project_id TEXT AS (document ->> 'project_id')
    ) STRICT;

    -- A visitor's browser makes the ids of messages: unique in their conversation, no further.
    CREATE TABLE messages (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        document TEXT NOT NULL,
        conversation_id TEXT AS (document ->> 'conversation_id')
    ) STRICT;
    CREATE UNIQUE INDEX messages_id ON messages (conversation_id, id);
    CREATE INDEX messages_order ON messages (conversation_id, sequence);

    CREATE TABLE leads (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        project_id TEXT AS (document ->> 'project_id'),
        phone TEXT AS (document ->> 'phone'),
        created_at TEXT AS (document ->> 'created_at'),
        newest_enquiry_at TEXT AS (document ->> '$.enquiries[#-1].at')
    ) STRICT;
    CREATE INDEX leads_created ON leads (created_at, id);
    CREATE INDEX leads_project ON leads (project_id, created_at, id);
    CREATE INDEX leads_phone ON leads (project_id, phone, newest_enquiry_at);

    CREATE TABLE idempotency_keys (
        project_id TEXT NOT NULL,
        key TEXT NOT NULL,
        fingerprint TEXT NOT NULL,
        lead_id TEXT NOT NULL,
        enquiry_id TEXT NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (project_id, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE deliveries (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        project_id TEXT AS (document ->> 'project_id'),
        lead_id TEXT AS (document ->> 'lead_id'),
        destination_id TEXT AS (document ->> 'destination_id'),
        state TEXT AS (document ->> 'state'),
        created_at TEXT AS (document ->> 'created_at'),
        due_at TEXT AS (document ->> 'due_at')
    ) STRICT;
    CREATE INDEX deliveries_due ON deliveries (due_at, id, project_id, destination_id)
        WHERE state = 'waiting';
    CREATE INDEX deliveries_created ON deliveries (created_at, id);
    CREATE INDEX deliveries_state ON deliveries (state, created_at, id);
    CREATE INDEX deliveries_project ON deliveries (project_id, created_at, id, state);
    CREATE INDEX deliveries_lead ON deliveries (lead_id);

    CREATE TABLE members (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        email TEXT AS (document ->> 'email')
    ) STRICT;
    CREATE UNIQUE INDEX members_email ON members (email);

    CREATE TABLE sessions (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL
    ) STRICT;

    CREATE TABLE api_keys (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        key_hash TEXT AS (document ->> 'key_hash')
    ) STRICT;
    CREATE UNIQUE INDEX api_keys_hash ON api_keys (key_hash);
    """,
    """
    ALTER TABLE api_keys ADD COLUMN created_at TEXT AS (document ->> 'created_at');
    CREATE INDEX api_keys_created ON api_keys (created_at, id);

    CREATE TABLE password_links (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL
    ) STRICT;

    CREATE TABLE audit_entries (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        project_id TEXT AS (document ->> 'project_id'),
        actor_id TEXT AS (document ->> 'actor_id'),
        action TEXT AS (document ->> 'action'),
        created_at TEXT AS (document ->> 'created_at')
    ) STRICT;
    CREATE INDEX audit_entries_created ON audit_entries (created_at, id);
    CREATE INDEX audit_entries_project ON audit_entries (project_id, created_at, id);
    CREATE INDEX audit_entries_actor ON audit_entries (actor_id, created_at, id);
    """,
    # One person's data, and what is older than it may be kept.
    """
    CREATE INDEX leads_person ON leads (phone);
    CREATE INDEX leads_email ON leads (lower(document ->> 'email'));
    CREATE INDEX idempotency_keys_lead ON idempotency_keys (lead_id);
    CREATE INDEX conversations_started
        ON conversations (project_id, document ->> 'started_at');
    """,
    """
    -- Ids are random; behind the day they are looked up among one day's rows.
    CREATE TABLE events (
        day TEXT NOT NULL,
        project_id TEXT NOT NULL,
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        at TEXT NOT NULL,
        page TEXT NOT NULL,
        milliseconds INTEGER,
        written_by TEXT NOT NULL,
        PRIMARY KEY (day, project_id, id)
    ) STRICT, WITHOUT ROWID;

    -- Here the columns are the truth and the document is made of them: a count is changed with
    -- every batch, and summed over by the thousand.
    CREATE TABLE event_counts (
        id TEXT PRIMARY KEY,
        project_id TEXT NOT NULL,
        day TEXT NOT NULL,
        kind TEXT NOT NULL,
        count INTEGER NOT NULL,
        measured INTEGER NOT NULL,
        milliseconds INTEGER NOT NULL,
        document TEXT AS (json_object(
            'project_id', project_id, 'day', day, 'kind', kind,
            'count', count, 'measured', measured, 'milliseconds', milliseconds
        ))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX event_counts_project ON event_counts (project_id, day);
    CREATE INDEX event_counts_day ON event_counts (day);

    CREATE TABLE sightings (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        project_id TEXT AS (document ->> 'project_id'),
        last_seen_at TEXT AS (document ->> 'last_seen_at')
    ) STRICT;
    CREATE INDEX sightings_project ON sightings (project_id, id);
    """,
    """
    ALTER TABLE messages ADD COLUMN project_id TEXT AS (document ->> 'project_id');
    ALTER TABLE messages ADD COLUMN at TEXT AS (document ->> 'at');
    ALTER TABLE messages ADD COLUMN refused TEXT AS (document ->> 'refused');
    CREATE INDEX messages_refused ON messages (at, id) WHERE refused IS NOT NULL;
    CREATE INDEX messages_refused_project ON messages (project_id, at, id)
        WHERE refused IS NOT NULL;

    CREATE TABLE spending (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        day TEXT AS (document ->> 'day'),
        project_id TEXT AS (document ->> 'project_id')
    ) STRICT;
    CREATE INDEX spending_day ON spending (day, project_id);
    CREATE INDEX spending_project ON spending (project_id, day);
    """,
    # What a project's pages say, and whose turn it is to read them.
    """
    CREATE TABLE findings (
        id TEXT PRIMARY KEY REFERENCES projects (id),
        document TEXT NOT NULL
    ) STRICT;

    CREATE TABLE reading_turns (
        project_id TEXT PRIMARY KEY REFERENCES projects (id),
        until TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """,
    # What leads are looked for by; `storage.lead_search` has the same in words.
    """
    ALTER TABLE leads ADD COLUMN status TEXT AS (document ->> 'status');
    ALTER TABLE leads ADD COLUMN assignee_id TEXT AS (document ->> 'assignee_id');
    ALTER TABLE leads ADD COLUMN name TEXT AS (lower(document ->> 'name'));
    ALTER TABLE leads ADD COLUMN last_name TEXT AS (
        replace(
            lower(document ->> 'name'),
            rtrim(lower(document ->> 'name'), replace(lower(document ->> 'name'), ' ', '')),
            ''
        )
    );
    ALTER TABLE leads ADD COLUMN email TEXT AS (lower(document ->> 'email'));
    ALTER TABLE leads ADD COLUMN phone_end TEXT AS (substr(document ->> 'phone', -10));
    CREATE INDEX leads_status ON leads (status, created_at, id);
    CREATE INDEX leads_assignee ON leads (assignee_id, created_at, id)
        WHERE assignee_id IS NOT NULL;
    CREATE INDEX leads_name ON leads (name);
    CREATE INDEX leads_last_name ON leads (last_name);
    CREATE INDEX leads_phone_end ON leads (phone_end);
    DROP INDEX leads_email;
    CREATE INDEX leads_email ON leads (email);
    """,
    # What widgets inherit from the installation and from their groups.
    """
    CREATE TABLE widget_layers (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL
    ) STRICT;
    """,
    # What runs out goes, and two filters of lists that had no index.
    """
    ALTER TABLE sessions ADD COLUMN expires_at TEXT AS (document ->> 'expires_at');
    CREATE INDEX sessions_expires ON sessions (expires_at);
    ALTER TABLE password_links ADD COLUMN expires_at TEXT AS (document ->> 'expires_at');
    CREATE INDEX password_links_expires ON password_links (expires_at);
    CREATE INDEX audit_entries_action ON audit_entries (action, created_at, id);
    CREATE INDEX deliveries_destination ON deliveries (destination_id, created_at, id);
    """,
    # The last lead of each site, and pages that ask for a widget and are on none of its sites.
    """
    CREATE TABLE site_leads (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        project_id TEXT AS (document ->> 'project_id'),
        lead_id TEXT AS (document ->> 'lead_id'),
        at TEXT AS (document ->> 'at')
    ) STRICT;
    CREATE INDEX site_leads_project ON site_leads (project_id, id);
    CREATE INDEX site_leads_lead ON site_leads (lead_id) WHERE lead_id IS NOT NULL;

    CREATE TABLE turned_away (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        project_id TEXT AS (document ->> 'project_id'),
        last_seen_at TEXT AS (document ->> 'last_seen_at')
    ) STRICT;
    CREATE INDEX turned_away_project ON turned_away (project_id, id);
    CREATE INDEX turned_away_seen ON turned_away (project_id, last_seen_at, id);
    """,
    # Whose turn it is, and the watch over the sites.
    """
    CREATE TABLE turns (id TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT;

    CREATE TABLE site_watches (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        project_id TEXT AS (document ->> 'project_id'),
        quiet_since TEXT AS (document ->> 'quiet_since')
    ) STRICT;
    CREATE INDEX site_watches_project ON site_watches (project_id, id);
    CREATE INDEX site_watches_quiet ON site_watches (id) WHERE quiet_since IS NOT NULL;
    """,
    # All that leads are filtered by, along the order of their lists: `sqlite.lead_lists`.
    """
    ALTER TABLE leads ADD COLUMN merged_into TEXT AS (document ->> 'merged_into');
    DROP INDEX leads_created;
    CREATE INDEX leads_created ON leads (
        created_at, id, merged_into, project_id, status, assignee_id,
        name, last_name, email, phone, phone_end
    );
    DROP INDEX leads_project;
    CREATE INDEX leads_project ON leads (
        project_id, created_at, id, merged_into, status, assignee_id,
        name, last_name, email, phone, phone_end
    );
    DROP INDEX leads_status;
    CREATE INDEX leads_status ON leads (status, created_at, id, merged_into);
    DROP INDEX leads_assignee;
    CREATE INDEX leads_assignee ON leads (assignee_id, created_at, id, merged_into)
        WHERE assignee_id IS NOT NULL;
    """,
    # What became of telling the CDN, by host.
    """
    CREATE TABLE purges (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        at TEXT AS (document ->> 'at'),
        is_taken INTEGER AS (document ->> 'is_taken')
    ) STRICT;
    CREATE INDEX purges_at ON purges (at, id);
    CREATE INDEX purges_failed ON purges (id) WHERE NOT is_taken;
    """,
    # Each index that a lead goes into by chance is a page of its own in the log: one for a number,
    # in a project and in all of them, and none for an address that was not given.
    """
    DROP INDEX leads_person;
    DROP INDEX leads_phone;
    CREATE INDEX leads_phone ON leads (phone, project_id, newest_enquiry_at);
    DROP INDEX leads_email;
    CREATE INDEX leads_email ON leads (email) WHERE email IS NOT NULL;
    """,
    # What programs were answered, for those who ask again.
    """
    CREATE TABLE kept_replies (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        expires_at TEXT AS (document ->> 'expires_at')
    ) STRICT;
    CREATE INDEX kept_replies_expires ON kept_replies (expires_at);
    """,
    # Changes of many widgets: their ids are in the order in which they were made.
    """
    CREATE TABLE widget_changes (
        id TEXT PRIMARY KEY,
        document TEXT NOT NULL,
        state TEXT AS (document ->> 'state')
    ) STRICT;
    CREATE INDEX widget_changes_open ON widget_changes (id)
        WHERE state IN ('waiting', 'making', 'undoing');
    """,
    # How far imports are.
    """
    CREATE TABLE import_runs (id TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT;
    """,
)
