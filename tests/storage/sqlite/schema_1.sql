-- A file of schema 1 with one of everything in it, as the version of then wrote it.
PRAGMA application_id = 1178879315;
PRAGMA user_version = 1;
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
INSERT INTO projects (id, document) VALUES ('palm-grove', '{"id":"palm-grove","name":"Palm Grove","group":null,"crm_id":"CRM-palm-grove","country":"IN","time_zone":"Asia/Kolkata","sites":[{"host":"palm-grove.example","path_prefix":"/","by_hand":false}],"widget":{"accent":null,"position":null,"language":null,"greeting":null,"hours_line":null,"legal_line":null,"quick_replies":null,"texts":{}},"consent":{"version":"1","text":"I agree to be called or messaged about this project.","required":true},"destinations":[{"id":"crm","enabled":true,"url":"https://crm.example/leads","kind":"http","method":"POST","format":"json","headers":{"X-Key":"sealed.1.gAAAAABrBlRhVhq2bXv_cNtckSNVJvavhe9RJFWvFUk4BHL9-sM-6jS82zLcoURRD_bzzxSJsf8Qk6ik90gV8OJmFjIl4NICvw=="},"query":{},"body":{},"fields":{"contact.mobile":"phone"},"query_fields":{},"header_fields":{},"success":null,"duplicate":null,"retry":null,"remote_id_field":"id"}],"created_at":"2026-11-23T09:00:00.000Z","updated_at":"2026-11-23T09:00:00.000Z"}');
INSERT INTO projects (id, document) VALUES ('coral-bay', '{"id":"coral-bay","name":"Coral Bay","group":null,"crm_id":"CRM-coral-bay","country":"IN","time_zone":"Asia/Kolkata","sites":[{"host":"coral-bay.example","path_prefix":"/","by_hand":false}],"widget":{"accent":null,"position":null,"language":null,"greeting":null,"hours_line":null,"legal_line":null,"quick_replies":null,"texts":{}},"consent":{"version":"1","text":"I agree to be called or messaged about this project.","required":true},"destinations":[{"id":"crm","enabled":true,"url":"https://crm.example/leads","kind":"http","method":"POST","format":"json","headers":{"X-Key":"sealed.1.gAAAAABrBlRhVhq2bXv_cNtckSNVJvavhe9RJFWvFUk4BHL9-sM-6jS82zLcoURRD_bzzxSJsf8Qk6ik90gV8OJmFjIl4NICvw=="},"query":{},"body":{},"fields":{"contact.mobile":"phone"},"query_fields":{},"header_fields":{},"success":null,"duplicate":null,"retry":null,"remote_id_field":"id"}],"created_at":"2026-11-23T09:00:00.000Z","updated_at":"2026-11-23T09:00:00.000Z"}');
INSERT INTO project_sites (host, path_prefix, project_id, by_hand) VALUES ('coral-bay.example', '/', 'coral-bay', 0);
INSERT INTO project_sites (host, path_prefix, project_id, by_hand) VALUES ('palm-grove.example', '/', 'palm-grove', 0);
INSERT INTO knowledge (id, document) VALUES ('palm-grove', '{"facts":[{"key":"price","subject":"2 BHK","value":"₹84 lakh onwards","source":"price list","as_of":null,"state":"approved"}],"answers":[{"question":"Is there parking?","answer":"Two covered places.","language":"en","valid_until":null}],"updated_at":"2026-11-23T09:00:00.000Z"}');
INSERT INTO unknown_sites (id, document) VALUES ('stray.example', '{"host":"stray.example","path":"/a","count":1,"first_seen_at":"2026-11-23T09:00:00.000Z","last_seen_at":"2026-11-23T09:00:00.000Z"}');
INSERT INTO conversations (id, document) VALUES ('conversation_1', '{"id":"conversation_1","project_id":"palm-grove","page_url":"https://palm-grove.example/","language":null,"attribution":{"referrer":null,"landing_page":null,"utm_source":null,"utm_medium":null,"utm_campaign":null,"utm_term":null,"utm_content":null,"gclid":null,"gbraid":null,"wbraid":null,"fbclid":null,"msclkid":null},"started_at":"2026-11-23T09:00:00.000Z"}');
INSERT INTO messages (sequence, id, document) VALUES (1, 'm_9', '{"id":"m_9","conversation_id":"conversation_1","project_id":"palm-grove","author":"visitor","text":"9 BHK?","at":"2026-11-23T09:00:00.000Z","reply_to":null,"source":null}');
INSERT INTO messages (sequence, id, document) VALUES (2, 'm_3', '{"id":"m_3","conversation_id":"conversation_1","project_id":"palm-grove","author":"visitor","text":"3 BHK?","at":"2026-11-23T09:00:00.000Z","reply_to":null,"source":null}');
INSERT INTO leads (id, document) VALUES ('lead_form-1_palm-grove', '{"id":"lead_form-1_palm-grove","project_id":"palm-grove","name":"Asha Rao","phone":"+919876543210","phone_country":"IN","email":"asha@example.com","status":"new","enquiries":[{"id":"enquiry_form-1_palm-grove","at":"2026-11-23T09:00:00.000Z","interest":"visit","note":"","page_url":"https://palm-grove.example/","conversation_id":"conversation_1","consent":{"given":true,"version":"1","text":"I agree to be called.","at":"2026-11-23T09:00:00.000Z"},"attribution":{"referrer":null,"landing_page":null,"utm_source":"search","utm_medium":null,"utm_campaign":null,"utm_term":null,"utm_content":null,"gclid":null,"gbraid":null,"wbraid":null,"fbclid":null,"msclkid":null}},{"id":"enquiry_form-2_palm-grove","at":"2026-11-23T10:00:00.000Z","interest":"visit","note":"","page_url":"https://palm-grove.example/","conversation_id":"conversation_1","consent":{"given":true,"version":"1","text":"I agree to be called.","at":"2026-11-23T10:00:00.000Z"},"attribution":{"referrer":null,"landing_page":null,"utm_source":"search","utm_medium":null,"utm_campaign":null,"utm_term":null,"utm_content":null,"gclid":null,"gbraid":null,"wbraid":null,"fbclid":null,"msclkid":null}}],"created_at":"2026-11-23T09:00:00.000Z","updated_at":"2026-11-23T10:00:00.000Z"}');
INSERT INTO leads (id, document) VALUES ('lead_form-1_coral-bay', '{"id":"lead_form-1_coral-bay","project_id":"coral-bay","name":"Asha Rao","phone":"+919876543210","phone_country":"IN","email":null,"status":"new","enquiries":[{"id":"enquiry_form-1_coral-bay","at":"2026-11-23T09:00:00.000Z","interest":"visit","note":"","page_url":"https://coral-bay.example/","conversation_id":null,"consent":{"given":true,"version":"1","text":"I agree to be called.","at":"2026-11-23T09:00:00.000Z"},"attribution":{"referrer":null,"landing_page":null,"utm_source":"search","utm_medium":null,"utm_campaign":null,"utm_term":null,"utm_content":null,"gclid":null,"gbraid":null,"wbraid":null,"fbclid":null,"msclkid":null}}],"created_at":"2026-11-23T09:00:00.000Z","updated_at":"2026-11-23T09:00:00.000Z"}');
INSERT INTO idempotency_keys (project_id, key, fingerprint, lead_id, enquiry_id, created_at) VALUES ('coral-bay', 'form-1', 'one body', 'lead_form-1_coral-bay', 'enquiry_form-1_coral-bay', '2026-11-23T09:00:00.000Z');
INSERT INTO idempotency_keys (project_id, key, fingerprint, lead_id, enquiry_id, created_at) VALUES ('palm-grove', 'form-1', 'one body', 'lead_form-1_palm-grove', 'enquiry_form-1_palm-grove', '2026-11-23T09:00:00.000Z');
INSERT INTO idempotency_keys (project_id, key, fingerprint, lead_id, enquiry_id, created_at) VALUES ('palm-grove', 'form-2', 'one body', 'lead_form-1_palm-grove', 'enquiry_form-2_palm-grove', '2026-11-23T10:00:00.000Z');
INSERT INTO deliveries (id, document) VALUES ('delivery_1', '{"id":"delivery_1","project_id":"palm-grove","lead_id":"lead_form-1_palm-grove","enquiry_id":"enquiry_form-1_palm-grove","destination_id":"crm","state":"delivered","created_at":"2026-11-23T09:00:00.000Z","due_at":null,"lease_token":null,"attempts":[{"number":1,"started_at":"2026-11-23T11:00:00.000Z","finished_at":"2026-11-23T11:00:01.000Z","outcome":"delivered","status_code":201,"reason":"Taken.","response":"{\"id\": \"crm-1\"}"}],"remote_id":"crm-1"}');
INSERT INTO deliveries (id, document) VALUES ('delivery_2', '{"id":"delivery_2","project_id":"palm-grove","lead_id":"lead_form-1_palm-grove","enquiry_id":"enquiry_form-2_palm-grove","destination_id":"crm","state":"waiting","created_at":"2026-11-23T10:00:00.000Z","due_at":"2026-11-23T10:00:00.000Z","lease_token":null,"attempts":[],"remote_id":null}');
INSERT INTO deliveries (id, document) VALUES ('delivery_3', '{"id":"delivery_3","project_id":"coral-bay","lead_id":"lead_form-1_coral-bay","enquiry_id":"enquiry_form-1_coral-bay","destination_id":"crm","state":"delivered","created_at":"2026-11-23T09:00:00.000Z","due_at":null,"lease_token":null,"attempts":[{"number":1,"started_at":"2026-11-23T11:00:00.000Z","finished_at":"2026-11-23T11:00:01.000Z","outcome":"delivered","status_code":201,"reason":"Taken.","response":"{\"id\": \"crm-1\"}"}],"remote_id":"crm-1"}');
INSERT INTO members (id, document) VALUES ('member_1', '{"id":"member_1","email":"meera@example.com","name":"Meera Iyer","role":"sales","scope":{"projects":["palm-grove","coral-bay"]},"password_hash":"$argon2id$not-a-real-one","created_at":"2026-11-23T09:00:00.000Z"}');
INSERT INTO sessions (id, document) VALUES ('5e55', '{"token_hash":"5e55","member_id":"member_1","created_at":"2026-11-23T09:00:00.000Z","expires_at":"2026-11-23T21:00:00.000Z"}');
INSERT INTO api_keys (id, document) VALUES ('key_1', '{"id":"key_1","name":"CRM export","key_hash":"4a54","hint":"fd_4f","role":"viewer","scope":{"projects":null},"created_at":"2026-11-23T09:00:00.000Z","expires_at":null,"revoked_at":null,"last_used_at":null}');
