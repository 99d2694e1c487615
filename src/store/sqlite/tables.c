/* SPDX-License-Identifier: MIT */
#include "sqlite/schema.h"

/* SQL is laid out by its own clauses. */
/* clang-format off */
/* Days are day numbers, money is minor units, booleans are 0 and 1, unknown is NULL. */
#define CUSTOMER_ID "customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE"
#define LATER " DEFERRABLE INITIALLY DEFERRED"

const char *const schema_version_1[] = {
	"CREATE TABLE customer (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, "
	"status TEXT, started INTEGER, term_months INTEGER, owner TEXT, segment TEXT, industry TEXT, "
	"currency TEXT, tags TEXT) STRICT",
	"CREATE INDEX customer_name ON customer (name)",

	"CREATE TABLE custom_value (id INTEGER PRIMARY KEY, " CUSTOMER_ID ", name TEXT NOT NULL, "
	"value TEXT NOT NULL, UNIQUE (customer_id, name)) STRICT",
	"CREATE INDEX custom_value_name ON custom_value (name)",

	"CREATE TABLE journey_template (id INTEGER PRIMARY KEY, key TEXT NOT NULL, "
	"version INTEGER NOT NULL, title TEXT, text TEXT NOT NULL, source TEXT, published INTEGER, "
	"UNIQUE (key, version)) STRICT",

	"CREATE TABLE enrollment (id INTEGER PRIMARY KEY, " CUSTOMER_ID ", journey TEXT NOT NULL, "
	"version INTEGER NOT NULL, start INTEGER NOT NULL, ended INTEGER) STRICT",
	"CREATE INDEX enrollment_customer ON enrollment (customer_id)",
	"CREATE UNIQUE INDEX enrollment_running ON enrollment (customer_id) WHERE ended IS NULL",
	"CREATE INDEX enrollment_journey ON enrollment (journey, version) WHERE ended IS NULL",

	/* References that are checked at the end of the transaction spare each insert a journal of its own:
	 * milestones and items come by the ten thousand. */
	"CREATE TABLE milestone (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", "
	"enrollment_id INTEGER REFERENCES enrollment(id) ON DELETE SET NULL" LATER ", key TEXT NOT NULL, "
	"occurrence INTEGER NOT NULL, stage TEXT, title_en TEXT, title_zh TEXT, due INTEGER, "
	"template_due INTEGER, state TEXT NOT NULL, done_on INTEGER, required INTEGER NOT NULL, "
	"visible INTEGER NOT NULL, owner TEXT, after TEXT, effort INTEGER, reason TEXT, "
	"origin TEXT NOT NULL, position INTEGER NOT NULL, repeats INTEGER NOT NULL, "
	"projected INTEGER NOT NULL) STRICT",
	"CREATE INDEX milestone_customer ON milestone (customer_id, due, position, occurrence)",
	"CREATE INDEX milestone_enrollment ON milestone (enrollment_id)",
	"CREATE INDEX milestone_due ON milestone (due, customer_id) "
	"WHERE state <> 'done' AND state <> 'skipped'",

	/* customer_id: of its milestone, with which it goes; for the journal */
	"CREATE TABLE item (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, "
	"milestone_id INTEGER NOT NULL REFERENCES milestone(id) ON DELETE CASCADE" LATER ", "
	"position INTEGER NOT NULL, key TEXT NOT NULL, title_en TEXT, title_zh TEXT, "
	"done INTEGER NOT NULL, done_on INTEGER) STRICT",
	"CREATE INDEX item_milestone ON item (milestone_id, position, done)",

	"CREATE TABLE subscription (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, " CUSTOMER_ID LATER ", "
	"start INTEGER NOT NULL, \"end\" INTEGER, annual INTEGER, monthly INTEGER, plan TEXT, "
	"currency TEXT, seats INTEGER, trial INTEGER, auto_renew INTEGER) STRICT",
	"CREATE INDEX subscription_customer ON subscription (customer_id, start, id)",

	"CREATE TABLE metric_point (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", metric TEXT NOT NULL, "
	"date INTEGER NOT NULL, value REAL NOT NULL, UNIQUE (customer_id, metric, date)) STRICT",

	"CREATE TABLE activity (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", date INTEGER NOT NULL, "
	"kind TEXT, text TEXT, contact TEXT, actor TEXT) STRICT",
	"CREATE INDEX activity_customer ON activity (customer_id, date DESC, id DESC)",

	"CREATE TABLE complaint (id INTEGER PRIMARY KEY, key TEXT UNIQUE, " CUSTOMER_ID LATER ", "
	"opened INTEGER NOT NULL, closed INTEGER, severity TEXT, text TEXT, first_response INTEGER, "
	"rating REAL) STRICT",
	"CREATE INDEX complaint_customer ON complaint (customer_id, opened DESC, id DESC)",

	"CREATE TABLE churn (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", date INTEGER NOT NULL, "
	"reason TEXT, text TEXT) STRICT",
	"CREATE INDEX churn_customer ON churn (customer_id, date DESC, id DESC)",

	/* AUTOINCREMENT: evaluation adds alerts outside of entries; an id that redo may need again must
	 * not be given to another one. */
	"CREATE TABLE alert (id INTEGER PRIMARY KEY AUTOINCREMENT, " CUSTOMER_ID ", "
	"rule TEXT NOT NULL, severity TEXT, state TEXT NOT NULL, raised INTEGER, last_seen INTEGER, "
	"count INTEGER, until INTEGER, title TEXT, reason TEXT, value_at_risk INTEGER, suggest TEXT, "
	"currency TEXT, note TEXT) STRICT",
	"CREATE INDEX alert_customer ON alert (customer_id, rule)",
	"CREATE INDEX alert_standing ON alert (customer_id, raised DESC, id) WHERE state <> 'resolved'",

	"CREATE TABLE setting (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, "
	"value TEXT NOT NULL) STRICT",

	/* undone: 0 no, 1 yes and redo can do it again, 2 yes and for good */
	"CREATE TABLE journal (id INTEGER PRIMARY KEY, at INTEGER NOT NULL, day INTEGER, actor TEXT, "
	"command TEXT, summary TEXT, undone INTEGER NOT NULL DEFAULT 0, first_seq INTEGER, "
	"last_seq INTEGER, changes INTEGER NOT NULL DEFAULT 0) STRICT",
	"CREATE INDEX journal_done ON journal (id) WHERE undone = 0",
	"CREATE INDEX journal_undone ON journal (id) WHERE undone = 1",
	"CREATE TABLE journal_row (seq INTEGER PRIMARY KEY, entry INTEGER NOT NULL, tbl TEXT NOT NULL, "
	"row_id INTEGER NOT NULL, customer_id INTEGER, from_customer INTEGER, op TEXT NOT NULL, "
	"before TEXT, after TEXT) STRICT",
	"CREATE TABLE journal_customer (customer_id INTEGER NOT NULL, entry INTEGER NOT NULL, "
	"PRIMARY KEY (customer_id, entry)) STRICT, WITHOUT ROWID",
	"CREATE INDEX journal_customer_entry ON journal_customer (entry)",
	/* What undo and redo did when, after which entry: to tell what was recorded on a day. */
	"CREATE TABLE journal_event (seq INTEGER PRIMARY KEY, entry INTEGER NOT NULL, "
	"kind TEXT NOT NULL, at INTEGER NOT NULL, day INTEGER, newest INTEGER NOT NULL) STRICT",
	"CREATE TABLE journal_current (id INTEGER PRIMARY KEY CHECK (id = 1), entry INTEGER) STRICT",
	"INSERT INTO journal_current (id, entry) VALUES (1, NULL)",

	/* Derived: rebuilt at will, never journalled. */
	"CREATE TABLE customer_state (customer_id INTEGER PRIMARY KEY "
	"REFERENCES customer(id) ON DELETE CASCADE, day INTEGER NOT NULL, stage TEXT, month INTEGER, "
	"days_to_renewal INTEGER, arr INTEGER, currency TEXT, overdue INTEGER, next_due INTEGER, "
	"next_milestone TEXT, alerts INTEGER, last_contact INTEGER, track TEXT, health REAL, "
	"health_band TEXT, status TEXT) STRICT",
	"CREATE INDEX customer_state_day ON customer_state (day)",
	/* With all that its rank follows from: the terms are made when somebody reads them. */
	"CREATE TABLE today_row (row INTEGER PRIMARY KEY, " CUSTOMER_ID ", ref_id INTEGER NOT NULL, "
	"kind TEXT NOT NULL, subject TEXT, title TEXT, due INTEGER, rank REAL NOT NULL, severity TEXT, "
	"band INTEGER NOT NULL, day INTEGER, required INTEGER, nth INTEGER, arr INTEGER, renewal INTEGER) "
	"STRICT",
	"CREATE INDEX today_row_customer ON today_row (customer_id)",
	"CREATE INDEX today_row_band ON today_row (band, rank DESC, due, customer_id, row, severity)",
	NULL,
};

/* Version 1 kept the journal's triggers in the file. */
#define DROP(table) "DROP TRIGGER IF EXISTS journal_" table "_insert", \
	"DROP TRIGGER IF EXISTS journal_" table "_update", "DROP TRIGGER IF EXISTS journal_" table "_delete"

const char *const schema_version_2[] = {
	DROP("customer"), DROP("custom_value"), DROP("journey_template"), DROP("enrollment"), DROP("milestone"),
	DROP("item"), DROP("subscription"), DROP("metric_point"), DROP("activity"), DROP("complaint"),
	DROP("churn"), DROP("alert"), DROP("setting"),

	/* Published files of all kinds but journeys; version 0: of a kind without versions, the last one holds. */
	"CREATE TABLE document (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, "
	"version INTEGER NOT NULL, title TEXT, text TEXT NOT NULL, source TEXT, published INTEGER, "
	"UNIQUE (kind, key, version)) STRICT",

	/* alert: the rule that suggested it */
	"CREATE TABLE playbook_run (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", playbook TEXT NOT NULL, "
	"version INTEGER NOT NULL, day INTEGER NOT NULL, alert TEXT) STRICT",
	"CREATE INDEX playbook_run_customer ON playbook_run (customer_id, day DESC, id DESC)",

	"ALTER TABLE milestone ADD COLUMN run_id INTEGER REFERENCES playbook_run(id) ON DELETE SET NULL" LATER,
	"ALTER TABLE milestone ADD COLUMN by_condition INTEGER",
	"CREATE INDEX milestone_run ON milestone (run_id) WHERE run_id IS NOT NULL",

	/* How many rows the customer has in the queue, late ones and high alerts among them: the queue of a book
	 * can be long, and each first screen says its length. */
	"ALTER TABLE customer_state ADD COLUMN queued INTEGER",
	"ALTER TABLE customer_state ADD COLUMN urgent INTEGER",
	"ALTER TABLE customer_state ADD COLUMN track_reason TEXT", /* in both languages */
	"UPDATE customer_state SET day = 0", /* to be derived anew, with the queue that is counted */
	"DELETE FROM today_row",

	/* What conditions said last of a milestone (KEY#N where it repeats; truth: 0 false, 1 true, 2 unknown),
	 * and whether one has ticked it. Not journalled: what a person takes back is not done again. */
	"CREATE TABLE condition_state (customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE, "
	"name TEXT NOT NULL, truth INTEGER, ticked INTEGER NOT NULL DEFAULT 0, "
	"PRIMARY KEY (customer_id, name)) STRICT, WITHOUT ROWID",
	NULL,
};
const char *const schema_version_3[] = {
	"ALTER TABLE activity ADD COLUMN next_step TEXT",
	"ALTER TABLE activity ADD COLUMN promise TEXT",
	"ALTER TABLE activity ADD COLUMN promised INTEGER",
	"ALTER TABLE activity ADD COLUMN kept INTEGER",
	"CREATE INDEX activity_promised ON activity (customer_id, promised) "
	"WHERE promised IS NOT NULL AND kept IS NULL",
	"ALTER TABLE complaint ADD COLUMN contact TEXT",
	"ALTER TABLE complaint ADD COLUMN owner TEXT",
	"ALTER TABLE complaint ADD COLUMN responded INTEGER",
	"ALTER TABLE complaint ADD COLUMN recovery TEXT",
	"ALTER TABLE complaint ADD COLUMN recovered_by TEXT",
	"CREATE INDEX complaint_open ON complaint (customer_id, opened) WHERE closed IS NULL",

	"CREATE TABLE contact (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", key TEXT NOT NULL UNIQUE, "
	"name TEXT NOT NULL, title TEXT, role TEXT, influence TEXT, stance TEXT, cadence TEXT, "
	"email TEXT, phone TEXT, department TEXT, language TEXT, digital TEXT, age_band TEXT, "
	"gender TEXT, kpi TEXT, note TEXT, \"left\" INTEGER) STRICT",
	"CREATE INDEX contact_customer ON contact (customer_id, name, id)",

	"CREATE TABLE expectation (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", "
	"key TEXT NOT NULL UNIQUE, module TEXT NOT NULL, fit TEXT, department TEXT, people INTEGER, "
	"scene TEXT, depth TEXT, effect TEXT, agreed INTEGER, state TEXT, contact TEXT, "
	"note TEXT) STRICT",
	"CREATE INDEX expectation_customer ON expectation (customer_id, module, id)",

	"CREATE TABLE outcome (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", key TEXT NOT NULL UNIQUE, "
	"title TEXT NOT NULL, metric TEXT, reading TEXT, unit TEXT, baseline REAL, target REAL, value REAL, "
	"as_of INTEGER, agreed INTEGER, due INTEGER, state TEXT, experience INTEGER, "
	"experience_note TEXT, contact TEXT, note TEXT) STRICT",
	"CREATE INDEX outcome_customer ON outcome (customer_id, due, id)",

	"CREATE TABLE service_plan (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", "
	"key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, expectation TEXT, outcome TEXT, owner TEXT, "
	"cadence TEXT, due INTEGER, state TEXT, done_on INTEGER, note TEXT) STRICT",
	"CREATE INDEX service_plan_customer ON service_plan (customer_id, due, id)",

	"CREATE TABLE adoption (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", "
	"key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind TEXT, audience TEXT, text TEXT, "
	"contact TEXT, since INTEGER, until INTEGER, state TEXT) STRICT",
	"CREATE INDEX adoption_customer ON adoption (customer_id, since, id)",

	"CREATE TABLE training (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", "
	"key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, kind TEXT, date INTEGER, audience TEXT, "
	"people INTEGER, trainer TEXT, material TEXT, exam INTEGER, score REAL, passed INTEGER, "
	"rating REAL, state TEXT, note TEXT) STRICT",
	"CREATE INDEX training_customer ON training (customer_id, date DESC, id DESC)",

	"CREATE TABLE consulting (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", "
	"key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, topic TEXT, method TEXT, date INTEGER, "
	"owner TEXT, state TEXT, deliverable TEXT, result TEXT, note TEXT) STRICT",
	"CREATE INDEX consulting_customer ON consulting (customer_id, date DESC, id DESC)",

	"CREATE TABLE need (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", key TEXT NOT NULL UNIQUE, "
	"title TEXT NOT NULL, kind TEXT, found INTEGER NOT NULL, contact TEXT, department TEXT, "
	"text TEXT, validated INTEGER, growth TEXT, value INTEGER, currency TEXT, state TEXT, "
	"became TEXT) STRICT",
	"CREATE INDEX need_customer ON need (customer_id, found DESC, id DESC)",

	"CREATE TABLE survey (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", date INTEGER NOT NULL, "
	"kind TEXT NOT NULL, score REAL NOT NULL, scale REAL, direction TEXT, contact TEXT, "
	"comment TEXT) STRICT",
	"CREATE INDEX survey_customer ON survey (customer_id, date DESC, id DESC)",

	"CREATE TABLE content (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, "
	"kind TEXT, topic TEXT, stage TEXT, industry TEXT, language TEXT, link TEXT, minutes INTEGER, "
	"note TEXT, added INTEGER, retired INTEGER) STRICT",

	"CREATE TABLE sending (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", date INTEGER NOT NULL, "
	"content TEXT NOT NULL, contact TEXT, reaction TEXT, note TEXT, actor TEXT) STRICT",
	"CREATE INDEX sending_customer ON sending (customer_id, date DESC, id DESC)",

	"CREATE TABLE gift (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", key TEXT NOT NULL UNIQUE, "
	"date INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT, amount INTEGER NOT NULL, currency TEXT, "
	"contact TEXT, reason TEXT, state TEXT) STRICT",
	"CREATE INDEX gift_customer ON gift (customer_id, date DESC, id DESC)",

	"CREATE TABLE practice (id INTEGER PRIMARY KEY, "
	"customer_id INTEGER REFERENCES customer(id) ON DELETE CASCADE" LATER ", "
	"key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, industry TEXT, module TEXT, stage TEXT, "
	"source TEXT, text TEXT, result TEXT, shareable INTEGER, date INTEGER) STRICT",
	"CREATE INDEX practice_customer ON practice (customer_id, key)",

	"CREATE TABLE debrief (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", key TEXT NOT NULL UNIQUE, "
	"date INTEGER NOT NULL, title TEXT NOT NULL, milestone TEXT, went_well TEXT, went_badly TEXT, "
	"lesson TEXT, faq TEXT, actor TEXT) STRICT",
	"CREATE INDEX debrief_customer ON debrief (customer_id, date DESC, id DESC)",

	"CREATE TABLE faq (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, title TEXT NOT NULL, "
	"answer TEXT, topic TEXT, module TEXT, industry TEXT, asked INTEGER, date INTEGER) STRICT",

	"CREATE TABLE referral (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", "
	"key TEXT NOT NULL UNIQUE, date INTEGER NOT NULL, name TEXT NOT NULL, contact TEXT, "
	"person TEXT, email TEXT, phone TEXT, state TEXT, value INTEGER, currency TEXT, reward TEXT, "
	"note TEXT) STRICT",
	"CREATE INDEX referral_customer ON referral (customer_id, date DESC, id DESC)",

	"CREATE TABLE note (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", key TEXT NOT NULL UNIQUE, "
	"date INTEGER NOT NULL, title TEXT NOT NULL, text TEXT, pinned INTEGER, actor TEXT) STRICT",
	"CREATE INDEX note_customer ON note (customer_id, pinned DESC, date DESC, id DESC)",

	"CREATE TABLE fee (id INTEGER PRIMARY KEY, " CUSTOMER_ID LATER ", key TEXT NOT NULL UNIQUE, "
	"date INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT, amount INTEGER NOT NULL, currency TEXT, "
	"basis TEXT, explanation TEXT, hidden INTEGER) STRICT",
	"CREATE INDEX fee_customer ON fee (customer_id, date DESC, id DESC)",

	"CREATE TABLE saved_segment (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, title TEXT, "
	"filter TEXT NOT NULL, note TEXT) STRICT",

	"CREATE TABLE saved_view (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, title TEXT, "
	"page TEXT, filter TEXT, sort TEXT, columns TEXT) STRICT",

	/* Derived: what a search looks in (tend/search.h), a row for each customer, and the titles that their
	 * milestones have; as of the journal's entry and undo that search_mark names, which has what is shared by
	 * all. Brought up to date by who searches, never journalled. */
	"CREATE TABLE search_text (customer_id INTEGER PRIMARY KEY REFERENCES customer(id) ON DELETE CASCADE, "
	"text TEXT NOT NULL) STRICT",
	"CREATE TABLE search_title (id INTEGER PRIMARY KEY, names TEXT NOT NULL) STRICT",
	"CREATE TABLE search_mark (id INTEGER PRIMARY KEY CHECK (id = 1), entry INTEGER NOT NULL, "
	"event INTEGER NOT NULL, format INTEGER NOT NULL, shared TEXT NOT NULL) STRICT",
	NULL,
};
/* The entry that is being written is known to who records it; before, triggers read it there. A column that is
 * added later has no default: of older rows the recorder would see NULL. */
const char *const schema_version_4[] = {
	"DROP TABLE journal_current",
	/* The order does not hang on which row was written first. */
	"DROP INDEX today_row_band",
	"CREATE INDEX today_row_band ON today_row (band, rank DESC, due, customer_id, kind DESC, ref_id, severity)",
	"CREATE INDEX customer_state_queued ON customer_state (queued, urgent) WHERE queued > 0",
	NULL,
};
/* clang-format on */
