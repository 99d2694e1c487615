/* SPDX-License-Identifier: MIT */
#include "sql/sql.h"

/* SQL is laid out by its own clauses. */
/* clang-format off */
/* As the index of those that are due says it. */
#define OPEN "m.state <> 'done' AND m.state <> 'skipped'"

/*
 * A status other than churned and pooled follows from the term: it is not stored. A customer without
 * a currency of its own shows that of its contracts; writing it back must not make it its own.
 */
#define STORED_STATUS "CASE WHEN $status IN ('churned', 'pooled') THEN $status END"
#define SHOWN_STATUS \
	"CASE WHEN c.status IS NOT NULL THEN c.status WHEN s.status = 'lapsed' THEN s.status " \
	"ELSE 'active' END AS status"

/* NULL, which no record may have, where the customer is not there: found out at once, while the foreign
 * keys are looked at when the transaction ends. */
#define OF_CUSTOMER "(SELECT o.id FROM customer o WHERE o.id = $customer_id)"

#define LAST_CHARACTER "\xf4\x8f\xbf\xbf" /* U+10FFFF: after every text */

#define CUSTOMER_COLUMNS \
	"c.id AS id, c.key AS key, c.name AS name, " SHOWN_STATUS ", s.stage AS stage, " \
	"s.month AS month, c.owner AS owner, c.segment AS segment, c.industry AS industry, " \
	"e.journey || '@' || e.version AS journey, c.started AS started, " \
	"c.term_months AS term_months, s.days_to_renewal AS days_to_renewal, s.arr AS arr, " \
	"coalesce(c.currency, s.currency) AS currency, s.health AS health, " \
	"s.health_band AS health_band, s.overdue AS overdue, s.next_due AS next_due, " \
	"s.next_milestone AS next_milestone, s.alerts AS alerts, c.tags AS tags, " \
	"s.last_contact AS last_contact, s.track AS track, s.track_reason AS track_reason"
#define CUSTOMERS \
	"SELECT " CUSTOMER_COLUMNS " FROM customer c " \
	"LEFT JOIN customer_state s ON s.customer_id = c.id " \
	"LEFT JOIN enrollment e ON e.customer_id = c.id AND e.ended IS NULL "

#define CUSTOMERS_STORED \
	"SELECT c.id AS id, c.key AS key, c.name AS name, c.status AS status, c.owner AS owner, " \
	"c.segment AS segment, c.industry AS industry, e.journey || '@' || e.version AS journey, " \
	"c.started AS started, c.term_months AS term_months, c.currency AS currency, " \
	"c.tags AS tags FROM customer c " \
	"LEFT JOIN enrollment e ON e.customer_id = c.id AND e.ended IS NULL "

/* CROSS JOIN holds the order of the loops: customers by key, their rows by an index, no sorting. */
#define EVERY(table, alias) \
	" FROM customer c CROSS JOIN " table " " alias " ON " alias ".customer_id = c.id "
#define ONE(table, alias) \
	" FROM " table " " alias " JOIN customer c ON c.id = " alias ".customer_id "

/* KEY@VERSION of the playbook that the milestone comes from. */
#define OF_PLAYBOOK \
	"CASE WHEN m.run_id IS NOT NULL THEN (SELECT r.playbook || '@' || r.version " \
	"FROM playbook_run r WHERE r.id = m.run_id) END AS playbook"
#define MILESTONE_COLUMNS \
	"SELECT m.id AS id, m.customer_id AS customer_id, c.key AS customer, m.key AS key, " \
	"m.occurrence AS occurrence, m.stage AS stage, m.title_en AS title_en, " \
	"m.title_zh AS title_zh, m.due AS due, m.template_due AS template_due, m.state AS state, " \
	"m.done_on AS done_on, " \
	"(SELECT count(*) FROM item i WHERE i.milestone_id = m.id) AS items, " \
	"(SELECT coalesce(sum(i.done), 0) FROM item i WHERE i.milestone_id = m.id) AS items_done, " \
	"m.required AS required, " \
	"m.visible AS visible, coalesce(m.owner, c.owner) AS owner, m.after AS after, " \
	"m.effort AS effort, m.reason AS reason, m.origin AS origin, m.position AS position, " \
	"m.repeats AS repeats, m.projected AS projected, m.run_id AS run_id, " OF_PLAYBOOK ", " \
	"coalesce(m.by_condition, 0) AS by_condition"
/* What judging needs of each of a book's many. */
#define MILESTONE_BRIEF \
	"SELECT m.id AS id, m.customer_id AS customer_id, c.key AS customer, m.key AS key, " \
	"m.occurrence AS occurrence, m.title_en AS title_en, m.title_zh AS title_zh, m.due AS due, " \
	"m.state AS state, m.required AS required, m.reason AS reason, m.position AS position, " \
	"m.repeats AS repeats, m.run_id AS run_id"
#define MILESTONE_ORDER "m.due, m.position, m.occurrence"

#define ITEM_COLUMNS \
	"SELECT i.id AS id, i.milestone_id AS milestone_id, i.position AS position, i.key AS key, " \
	"i.title_en AS title_en, i.title_zh AS title_zh, i.done AS done, i.done_on AS done_on " \
	"FROM item i "

#define SERIES_COLUMNS "SELECT p.customer_id AS customer_id, p.date AS date, p.value AS value"
#define FROM_NEWEST_BEFORE(customer, metric_, day) \
	"coalesce((SELECT max(q.date) FROM metric_point q WHERE q.customer_id = " customer \
	" AND q.metric = " metric_ " AND q.date < " day "), " day ") "
/* Each record that tells that somebody was in touch with a person; a gift once it was given. */
#define TOUCH(table, day, which) \
	"SELECT t.customer_id AS customer_id, t." day " AS date, t.contact AS contact FROM " table " t " \
	"WHERE t.contact IS NOT NULL " which " "
#define TOUCHES(which) \
	TOUCH("activity", "date", which) "UNION ALL " TOUCH("survey", "date", which) \
	"UNION ALL " TOUCH("sending", "date", which) "UNION ALL " TOUCH("need", "found", which) \
	"UNION ALL " TOUCH("complaint", "opened", which) "UNION ALL " \
	TOUCH("gift", "date", "AND t.state = 'given' " which)
#define ALERT_COLUMNS \
	"SELECT t.id AS id, t.customer_id AS customer_id, c.key AS customer, c.name AS name, " \
	"c.owner AS owner, t.rule AS rule, t.severity AS severity, t.state AS state, t.raised AS raised, " \
	"t.last_seen AS last_seen, t.count AS count, t.until AS until, t.title AS title, " \
	"t.reason AS reason, t.value_at_risk AS value_at_risk, t.suggest AS suggest, " \
	"t.currency AS currency, t.note AS note"

/* As the indexes of what is open say it. */
#define UNKEPT "a.promised IS NOT NULL AND a.kept IS NULL"
#define PROMISE_COLUMNS \
	"SELECT a.id AS id, a.customer_id AS customer_id, c.key AS customer, a.date AS date, " \
	"a.contact AS contact, a.promise AS promise, a.next_step AS next_step, a.promised AS promised"
#define COMPLAINT_COLUMNS \
	"SELECT k.id AS id, k.customer_id AS customer_id, c.key AS customer, k.key AS key, " \
	"k.opened AS opened, k.severity AS severity, k.text AS text, " \
	"k.first_response AS first_response, k.responded AS responded"

#define TODAY_COLUMNS \
	"SELECT r.ref_id AS id, r.customer_id AS customer_id, r.kind AS kind, c.key AS customer, " \
	"c.name AS name, c.owner AS owner, c.segment AS segment, r.subject AS subject, " \
	"r.title AS title, r.due AS due, r.rank AS rank, r.severity AS severity, r.band AS band, " \
	"r.day AS day, r.required AS required, r.nth AS nth, r.arr AS arr, r.renewal AS renewal " \
	"FROM today_row r CROSS JOIN customer c ON c.id = r.customer_id "
#define TODAY_ORDER "r.rank DESC, r.due, r.customer_id, r.kind DESC, r.ref_id"

#define HISTORY_COLUMNS \
	"j.id AS id, j.at AS at, j.day AS day, j.actor AS actor, j.command AS command, " \
	"j.summary AS summary, CASE WHEN j.undone = 0 THEN 0 ELSE 1 END AS undone, " \
	"j.changes AS changes"
#define TEMPLATE_COLUMNS \
	"SELECT t.id AS id, t.key AS key, t.version AS version, t.title AS title, " \
	"t.source AS source, t.published AS published, (SELECT count(*) FROM enrollment e " \
	"WHERE e.journey = t.key AND e.version = t.version AND e.ended IS NULL) AS customers"

#define RUN_COLUMNS \
	"SELECT r.id AS id, r.customer_id AS customer_id, c.key AS customer, r.playbook AS playbook, " \
	"r.version AS version, r.day AS day, r.alert AS alert, " \
	"(SELECT count(*) FROM milestone m WHERE m.run_id = r.id AND " OPEN ") AS open, " \
	"(SELECT count(*) FROM milestone m WHERE m.run_id = r.id AND m.state = 'done') AS done"
#define CONDITION_COLUMNS \
	"SELECT k.customer_id AS customer_id, c.key AS customer, k.name AS name, k.truth AS truth, " \
	"k.ticked AS ticked"
#define DOCUMENT_COLUMNS \
	"SELECT d.id AS id, d.kind AS kind, d.key AS key, d.version AS version, d.title AS title, " \
	"d.source AS source, d.published AS published"

const char *const sql_text[SQL_COUNT] = {
	[TEND_READ_CUSTOMERS] = CUSTOMERS "ORDER BY c.key",
	[TEND_READ_CUSTOMER] = CUSTOMERS "WHERE c.id = $1",
	[TEND_READ_CUSTOMERS_STORED] = CUSTOMERS_STORED "ORDER BY c.key",
	[TEND_READ_CUSTOMER_STORED] = CUSTOMERS_STORED "WHERE c.id = $1",
	[TEND_READ_CUSTOMER_KEYS] = "SELECT id, key, name FROM customer ORDER BY key",
	[TEND_READ_CUSTOMERS_LIKE] = CUSTOMERS
	"WHERE c.key = $1 OR c.name = $1 OR (c.key > $1 AND c.key < $1 || '" LAST_CHARACTER "') "
	"ORDER BY c.key",

	[TEND_READ_MILESTONES]
	= MILESTONE_COLUMNS EVERY("milestone", "m") "ORDER BY c.key, " MILESTONE_ORDER,
	[TEND_READ_MILESTONES_OF]
	= MILESTONE_COLUMNS ONE("milestone", "m") "WHERE m.customer_id = $1 ORDER BY " MILESTONE_ORDER,
	[TEND_READ_MILESTONES_OWNED]
	= MILESTONE_COLUMNS ONE("milestone", "m") "WHERE m.customer_id = $1 AND m.owner IS NOT NULL AND " OPEN
	  " ORDER BY " MILESTONE_ORDER,
	[TEND_READ_MILESTONES_OPEN]
	= MILESTONE_BRIEF EVERY("milestone", "m") "WHERE " OPEN
	  " ORDER BY c.key, " MILESTONE_ORDER,
	[TEND_READ_MILESTONES_CLOSED]
	= "SELECT m.customer_id AS customer_id, m.key AS key, m.occurrence AS occurrence, "
	  "m.state AS state, m.done_on AS done_on" EVERY("milestone", "m")
	  "WHERE NOT (" OPEN ") ORDER BY c.key, " MILESTONE_ORDER,
	[TEND_READ_MILESTONES_PLANNED]
	= "SELECT m.id AS id, m.customer_id AS customer_id, m.key AS key, m.occurrence AS occurrence, "
	  "m.state AS state, m.origin AS origin, m.title_en AS title_en, m.title_zh AS title_zh, "
	  "m.due AS due, m.template_due AS template_due, m.done_on AS done_on, "
	  "m.position AS position, m.stage AS stage, "
	  "m.required AS required, m.visible AS visible, m.after AS after, m.effort AS effort, "
	  "m.reason AS reason, m.repeats AS repeats, m.projected AS projected, m.run_id AS run_id"
	  EVERY("milestone", "m") "WHERE c.key BETWEEN $1 AND $2 AND (m.run_id IS NULL OR (" OPEN ")) "
	  "ORDER BY c.key, " MILESTONE_ORDER,
	[TEND_READ_MILESTONES_AHEAD_OF] = MILESTONE_COLUMNS ONE("milestone", "m")
	"WHERE m.customer_id = $1 AND ((" OPEN ") OR m.done_on >= $2) "
	"ORDER BY m.due, m.position, m.occurrence",
	[TEND_READ_MILESTONES_DUE] = MILESTONE_COLUMNS ONE("milestone", "m") "WHERE " OPEN
	  " AND m.due BETWEEN $1 AND $2 ORDER BY m.due, c.key, m.position, m.occurrence",
	[TEND_READ_MILESTONE] = MILESTONE_COLUMNS ONE("milestone", "m") "WHERE m.id = $1",

	[TEND_READ_ITEMS_OF] = ITEM_COLUMNS "WHERE i.milestone_id = $1 ORDER BY i.position",
	[TEND_READ_ITEMS_OF_CUSTOMER]
	= ITEM_COLUMNS "WHERE i.milestone_id IN (SELECT m.id FROM milestone m "
	  "WHERE m.customer_id = $1) ORDER BY i.milestone_id, i.position",

	[TEND_READ_SUBSCRIPTION_KEYS] = "SELECT id, customer_id, key FROM subscription ORDER BY key",

	[TEND_READ_SERIES] = SERIES_COLUMNS EVERY("metric_point", "p")
	"WHERE p.metric = $1 AND p.date >= " FROM_NEWEST_BEFORE("c.id", "$1", "$2")
	"ORDER BY c.key, p.date",
	[TEND_READ_SERIES_OF] = SERIES_COLUMNS " FROM metric_point p "
	"WHERE p.customer_id = $1 AND p.metric = $2 AND p.date >= " FROM_NEWEST_BEFORE("$1", "$2", "$3")
	"ORDER BY p.date",

	[TEND_READ_NEXT_METRIC_OF]
	= "SELECT p.id AS id, p.customer_id AS customer_id, p.metric AS metric FROM metric_point p "
	  "WHERE p.customer_id = $1 AND p.metric > $2 ORDER BY p.metric LIMIT 1",
	[TEND_READ_PROMISES_OF]
	= "SELECT r.id AS id, r.customer_id AS customer_id, r.date AS date, r.kind AS kind, r.text AS text, "
	  "r.contact AS contact, r.promise AS promise, r.promised AS promised FROM activity r "
	  "WHERE r.customer_id = $1 AND r.promised IS NOT NULL AND r.kept IS NULL ORDER BY r.promised",

	[TEND_READ_ACTIVITIES_LAST]
	= "SELECT c.id AS customer_id, c.key AS customer, (SELECT max(a.date) FROM activity a "
	  "WHERE a.customer_id = c.id) AS date FROM customer c "
	  "WHERE EXISTS (SELECT 1 FROM activity a WHERE a.customer_id = c.id) ORDER BY c.key",

	[TEND_READ_TOUCHES] = TOUCHES(""),
	[TEND_READ_TOUCHES_OF] = TOUCHES("AND t.customer_id = $1"),
	[TEND_READ_UNKEPT] = PROMISE_COLUMNS EVERY("activity", "a")
	"WHERE " UNKEPT " AND a.promised <= $1 ORDER BY c.key, a.promised, a.id",
	[TEND_READ_UNKEPT_OF] = PROMISE_COLUMNS ONE("activity", "a")
	"WHERE a.customer_id = $1 AND " UNKEPT " AND a.promised <= $2 ORDER BY a.promised, a.id",
	[TEND_READ_COMPLAINTS] = COMPLAINT_COLUMNS EVERY("complaint", "k")
	"WHERE k.closed IS NULL AND k.opened <= $1 ORDER BY c.key, k.opened, k.id",
	[TEND_READ_COMPLAINTS_OF] = COMPLAINT_COLUMNS ONE("complaint", "k")
	"WHERE k.customer_id = $1 AND k.closed IS NULL AND k.opened <= $2 ORDER BY k.opened, k.id",

	[TEND_READ_ALERTS] = ALERT_COLUMNS EVERY("alert", "t")
	"WHERE t.state <> 'resolved' ORDER BY c.key, t.raised DESC, t.id",
	[TEND_READ_ALERTS_ALL]
	= ALERT_COLUMNS EVERY("alert", "t") "ORDER BY c.key, t.raised DESC, t.id",
	[TEND_READ_ALERTS_OF] = ALERT_COLUMNS ONE("alert", "t")
	"WHERE t.customer_id = $1 AND t.state <> 'resolved' ORDER BY t.raised DESC, t.id",
	[TEND_READ_ALERTS_EVER_OF] = ALERT_COLUMNS ONE("alert", "t")
	"WHERE t.customer_id = $1 ORDER BY t.rule, t.id",
	[TEND_READ_ALERTS_QUIET] /* resolved by hand, for a day */
	= ALERT_COLUMNS EVERY("alert", "t")
	"WHERE t.state = 'resolved' AND t.until IS NOT NULL ORDER BY c.key, t.raised DESC, t.id",
	[TEND_READ_ALERT] = ALERT_COLUMNS ONE("alert", "t") "WHERE t.id = $1",

	[TEND_READ_TODAY] = TODAY_COLUMNS "ORDER BY " TODAY_ORDER " LIMIT $1 OFFSET $2",
	[TEND_READ_TODAY_BANDS] = TODAY_COLUMNS "ORDER BY r.band, " TODAY_ORDER " LIMIT $1 OFFSET $2",

	[TEND_READ_HISTORY] = "SELECT " HISTORY_COLUMNS " FROM journal j ORDER BY j.id DESC LIMIT $1",
	[TEND_READ_HISTORY_OF] = "SELECT " HISTORY_COLUMNS
	" FROM journal_customer k JOIN journal j ON j.id = k.entry "
	"WHERE k.customer_id = $1 ORDER BY k.entry DESC",
	[TEND_READ_CHANGES]
	= "SELECT r.seq AS id, c.key AS customer, r.tbl AS record, r.op AS action, r.before AS before, "
	  "r.after AS after, CASE r.tbl "
	  "WHEN 'customer' THEN (SELECT x.name FROM customer x WHERE x.id = r.row_id) "
	  "WHEN 'custom_value' THEN (SELECT x.name FROM custom_value x WHERE x.id = r.row_id) "
	  "WHEN 'milestone' THEN (SELECT x.title_en || n || char(31) || x.title_zh || n FROM (SELECT *, "
	  "CASE WHEN repeats = 1 THEN ' #' || occurrence ELSE '' END AS n FROM milestone "
	  "WHERE id = r.row_id) x) "
	  "WHEN 'item' THEN (SELECT x.title_en || char(31) || x.title_zh FROM item x "
	  "WHERE x.id = r.row_id) "
	  "WHEN 'alert' THEN (SELECT x.title FROM alert x WHERE x.id = r.row_id) "
	  "WHEN 'enrollment' THEN (SELECT x.journey FROM enrollment x WHERE x.id = r.row_id) "
	  "WHEN 'journey_template' THEN (SELECT x.key FROM journey_template x WHERE x.id = r.row_id) "
	  "WHEN 'setting' THEN (SELECT x.name FROM setting x WHERE x.id = r.row_id) "
	  SQL_NAMES_OF_KINDS "END AS name "
	  "FROM journal j JOIN journal_row r ON r.seq BETWEEN j.first_seq AND j.last_seq "
	  "LEFT JOIN customer c ON c.id = r.customer_id WHERE j.id = $1 ORDER BY r.seq LIMIT $2",

	[TEND_READ_RUNS]
	= RUN_COLUMNS EVERY("playbook_run", "r") "ORDER BY c.key, r.day DESC, r.id DESC",
	[TEND_READ_RUNS_OF] = RUN_COLUMNS ONE("playbook_run", "r")
	"WHERE r.customer_id = $1 ORDER BY r.day DESC, r.id DESC",
	[TEND_READ_CONDITIONS]
	= CONDITION_COLUMNS EVERY("condition_state", "k") "ORDER BY c.key, k.name",
	[TEND_READ_CONDITIONS_OF] = CONDITION_COLUMNS ONE("condition_state", "k")
	"WHERE k.customer_id = $1 ORDER BY k.name",
	[TEND_READ_DOCUMENTS] = DOCUMENT_COLUMNS " FROM document d ORDER BY d.kind, d.key, d.version",
	[TEND_READ_DOCUMENT] = DOCUMENT_COLUMNS ", d.text AS text FROM document d WHERE d.kind = $1 "
	"AND d.key = $2 AND ($3 = 0 OR d.version = $3) ORDER BY d.version DESC LIMIT 1",
	[TEND_READ_TEMPLATES] = TEMPLATE_COLUMNS " FROM journey_template t ORDER BY t.key, t.version",
	[TEND_READ_TEMPLATE]
	= TEMPLATE_COLUMNS ", t.text AS text FROM journey_template t "
	  "WHERE t.key = $1 AND ($2 = 0 OR t.version = $2) ORDER BY t.version DESC LIMIT 1",

	[SQL_CUSTOM]
	= "SELECT v.customer_id AS customer_id, v.name AS name, v.value AS value FROM custom_value v "
	  "WHERE v.customer_id BETWEEN $1 AND $2 ORDER BY v.customer_id, v.name",
	[SQL_CUSTOM_NAMES] = "SELECT DISTINCT name FROM custom_value ORDER BY name",
	[SQL_CUSTOM_PUT] = "INSERT INTO custom_value (customer_id, name, value) VALUES ($1, $2, $3) "
			   "ON CONFLICT (customer_id, name) DO UPDATE SET value = excluded.value",
	[SQL_CUSTOM_REMOVE] = "DELETE FROM custom_value WHERE customer_id = $1 AND name = $2",

	[SQL_CUSTOMER_INSERT]
	= "INSERT INTO customer (key, name, status, started, term_months, owner, segment, industry, "
	  "currency, tags) VALUES ($key, $name, " STORED_STATUS ", $started, $term_months, $owner, "
	  "$segment, $industry, $currency, $tags) RETURNING id",
	[SQL_CUSTOMER_UPDATE]
	= "UPDATE customer SET key = $key, name = $name, status = " STORED_STATUS ", "
	  "started = $started, term_months = $term_months, owner = $owner, segment = $segment, "
	  "industry = $industry, currency = CASE WHEN currency IS NULL AND $currency = (SELECT "
	  "s.currency FROM customer_state s WHERE s.customer_id = $id) THEN NULL ELSE $currency END, "
	  "tags = $tags WHERE id = $id",
	[SQL_CUSTOMER_DELETE] = "DELETE FROM customer WHERE id = $1",

	[SQL_MILESTONE_INSERT] /* No function is called: one may fail, and SQLite would keep a way back for each row. */
	= "INSERT INTO milestone (customer_id, enrollment_id, key, occurrence, stage, title_en, "
	  "title_zh, due, template_due, state, done_on, required, visible, owner, after, effort, "
	  "reason, origin, position, repeats, projected, run_id, by_condition) VALUES (" OF_CUSTOMER ", "
	  "CASE WHEN coalesce($origin, 'added') <> 'added' AND coalesce($run_id, 0) = 0 "
	  "THEN (SELECT e.id FROM enrollment e WHERE e.customer_id = $customer_id AND e.ended IS NULL) END, $key, "
	  "coalesce($occurrence, 1), $stage, $title_en, $title_zh, $due, "
	  "coalesce($template_due, CASE WHEN $origin = 'template' THEN $due END), coalesce($state, 'todo'), $done_on, "
	  "coalesce($required, 1), coalesce($visible, 0), $owner, $after, $effort, $reason, "
	  "coalesce($origin, 'added'), coalesce($position, 0), coalesce($repeats, 0), "
	  "coalesce($projected, 0), CASE WHEN $run_id <> 0 THEN $run_id END, "
	  "CASE WHEN $by_condition <> 0 THEN $by_condition END) RETURNING id",
	[SQL_MILESTONE_UPDATE]
	= "UPDATE milestone SET key = $key, occurrence = coalesce($occurrence, 1), stage = $stage, "
	  "title_en = $title_en, title_zh = $title_zh, due = $due, template_due = "
	  "coalesce($template_due, template_due), "
	  "state = coalesce($state, 'todo'), done_on = $done_on, required = coalesce($required, 1), "
	  "visible = coalesce($visible, 0), owner = CASE WHEN owner IS NULL AND $owner = (SELECT "
	  "c.owner FROM customer c WHERE c.id = customer_id) THEN NULL ELSE $owner END, "
	  "after = $after, effort = $effort, reason = $reason, origin = coalesce($origin, origin), "
	  "position = coalesce($position, 0), repeats = coalesce($repeats, 0), "
	  "projected = coalesce($projected, 0), run_id = nullif($run_id, 0), "
	  "by_condition = nullif($by_condition, 0) WHERE id = $id",
	[SQL_MILESTONE_REPLAN]
	= "UPDATE milestone SET key = $key, stage = $stage, title_en = $title_en, "
	  "title_zh = $title_zh, due = $due, template_due = $template_due, required = $required, "
	  "visible = $visible, after = $after, effort = $effort, position = $position, "
	  "repeats = $repeats, projected = $projected WHERE id = $id",
	[SQL_MILESTONE_RENAME] = "UPDATE milestone SET key = $key WHERE id = $id",
	[SQL_MILESTONE_DELETE] = "DELETE FROM milestone WHERE id = $1",

	[SQL_ITEM_INSERT]
	= "INSERT INTO item (customer_id, milestone_id, position, key, title_en, title_zh, done, "
	  "done_on) VALUES ("
	  "(SELECT m.customer_id FROM milestone m WHERE m.id = $milestone_id), "
	  "$milestone_id, coalesce($position, 1), coalesce($key, coalesce($position, 1) || ''), "
	  "$title_en, $title_zh, coalesce($done, 0), $done_on) RETURNING id",
	[SQL_ITEM_UPDATE]
	= "UPDATE item SET position = coalesce($position, 1), key = coalesce($key, key), "
	  "title_en = $title_en, title_zh = $title_zh, done = coalesce($done, 0), done_on = $done_on "
	  "WHERE id = $id",
	[SQL_ITEM_DELETE] = "DELETE FROM item WHERE id = $1",

	[SQL_ALERT_INSERT]
	= "INSERT INTO alert (customer_id, rule, severity, state, raised, last_seen, count, until, "
	  "title, reason, value_at_risk, suggest, currency, note) VALUES ($customer_id, $rule, "
	  "$severity, coalesce($state, 'open'), $raised, $last_seen, $count, $until, $title, "
	  "$reason, $value_at_risk, $suggest, $currency, $note) RETURNING id",
	[SQL_ALERT_UPDATE]
	= "UPDATE alert SET rule = $rule, severity = $severity, state = coalesce($state, 'open'), "
	  "raised = $raised, last_seen = $last_seen, count = $count, until = $until, title = $title, "
	  "reason = $reason, value_at_risk = $value_at_risk, suggest = $suggest, "
	  "currency = $currency, note = $note WHERE id = $id",
	[SQL_ALERT_DELETE] = "DELETE FROM alert WHERE id = $1",

	[SQL_RUN_INSERT] = "INSERT INTO playbook_run (customer_id, playbook, version, day, alert) VALUES ("
			   OF_CUSTOMER ", $playbook, coalesce($version, 1), $day, $alert) RETURNING id",
	[SQL_RUN_UPDATE] = "UPDATE playbook_run SET playbook = $playbook, version = coalesce($version, 1), "
			   "day = $day, alert = $alert WHERE id = $id",
	[SQL_RUN_DELETE] = "DELETE FROM playbook_run WHERE id = $1",

	[SQL_DOCUMENT_INSERT]
	= "INSERT INTO document (kind, key, version, title, text, source, published) "
	  "VALUES ($kind, $key, $version, $title, $text, $source, $published) RETURNING id",
	[SQL_DOCUMENT_UPDATE]
	= "UPDATE document SET kind = $kind, key = $key, version = $version, title = $title, "
	  "text = coalesce($text, text), source = $source, published = $published WHERE id = $id",
	[SQL_DOCUMENT_DELETE] = "DELETE FROM document WHERE id = $1",

	[SQL_CONDITION_PUT]
	= "INSERT INTO condition_state (customer_id, name, truth, ticked) VALUES ($1, $2, $3, $4) "
	  "ON CONFLICT (customer_id, name) DO UPDATE SET truth = excluded.truth, "
	  "ticked = excluded.ticked",
	[SQL_CONDITIONS_CLEAR] = "DELETE FROM condition_state WHERE customer_id = $1",

	[SQL_TEMPLATE_INSERT]
	= "INSERT INTO journey_template (key, version, title, text, source, published) "
	  "VALUES ($key, $version, $title, $text, $source, $published) RETURNING id",
	[SQL_TEMPLATE_UPDATE]
	= "UPDATE journey_template SET key = $key, version = $version, title = $title, "
	  "text = coalesce($text, text), source = $source, published = $published WHERE id = $id",
	[SQL_TEMPLATE_DELETE] = "DELETE FROM journey_template WHERE id = $1",

	[SQL_TAB_COUNTS] = "SELECT " SQL_COUNTS_OF_TABS " FROM customer c WHERE c.id = $1",
	[SQL_ENROLLMENT] = "SELECT id, customer_id, journey, version, start FROM enrollment "
			   "WHERE customer_id = $1 AND ended IS NULL",
	[SQL_ENROLLMENT_END]
	= "UPDATE enrollment SET ended = $2 WHERE customer_id = $1 AND ended IS NULL",
	[SQL_ENROLLMENT_INSERT] = "INSERT INTO enrollment (customer_id, journey, version, start) "
				  "VALUES ($1, $2, $3, $4) RETURNING id",
	[SQL_ENROLLMENT_MOVE] = "UPDATE enrollment SET version = $2, start = $3 WHERE id = $1",
	[SQL_ENROLLMENTS] = "SELECT id, customer_id, journey, version, start FROM enrollment "
			    "WHERE journey = $1 AND ended IS NULL ORDER BY customer_id",

	[SQL_STATE_PUT]
	= "INSERT INTO customer_state (customer_id, day, stage, month, days_to_renewal, arr, "
	  "currency, overdue, next_due, next_milestone, alerts, last_contact, track, health, "
	  "health_band, status, track_reason) VALUES ($id, $1, $stage, $month, $days_to_renewal, $arr, $currency, "
	  "$overdue, $next_due, $next_milestone, $alerts, $last_contact, $track, $health, "
	  "$health_band, $status, $track_reason) ON CONFLICT (customer_id) DO UPDATE SET day = excluded.day, "
	  "stage = excluded.stage, month = excluded.month, "
	  "days_to_renewal = excluded.days_to_renewal, arr = excluded.arr, "
	  "currency = excluded.currency, overdue = excluded.overdue, next_due = excluded.next_due, "
	  "next_milestone = excluded.next_milestone, alerts = excluded.alerts, "
	  "last_contact = excluded.last_contact, track = excluded.track, health = excluded.health, "
	  "health_band = excluded.health_band, status = excluded.status, "
	  "track_reason = excluded.track_reason",
	[SQL_STALE] = "SELECT c.id FROM customer c LEFT JOIN customer_state s ON s.customer_id = c.id "
		      "WHERE s.day IS NULL OR s.day <> $1 ORDER BY c.id LIMIT $2",
	[SQL_TODAY_INSERT]
	= "INSERT INTO today_row (customer_id, ref_id, kind, subject, title, due, rank, severity, "
	  "band, day, required, nth, arr, renewal) VALUES ($customer_id, $id, $kind, $subject, $title, "
	  "$due, coalesce($rank, 0), $severity, coalesce($band, 1), $day, $required, $nth, $arr, "
	  "$renewal)",
	[SQL_TODAY_UPDATE]
	= "UPDATE today_row SET ref_id = $id, kind = $kind, subject = $subject, title = $title, due = $due, "
	  "rank = coalesce($rank, 0), severity = $severity, band = coalesce($band, 1), day = $day, "
	  "required = $required, nth = $nth, arr = $arr, renewal = $renewal WHERE row = $1",
	[SQL_TODAY_REMOVE] = "DELETE FROM today_row WHERE row = $1",
	[SQL_TODAY_OF]
	= "SELECT r.row, r.ref_id AS id, r.kind AS kind, r.day AS day, r.rank AS rank, r.due AS due, "
	  "r.arr AS arr, r.nth AS nth, r.renewal AS renewal, r.band AS band, r.required AS required, "
	  "r.severity AS severity, r.subject AS subject, r.title AS title "
	  "FROM today_row r WHERE r.customer_id = $1",
	[SQL_TODAY_COUNT]
	= "SELECT coalesce(sum(queued), 0), coalesce(sum(urgent), 0) FROM customer_state WHERE queued > 0",
	[SQL_TODAY_COUNTED]
	= "UPDATE customer_state SET queued = $2, urgent = $3 WHERE customer_id = $1 "
	  "AND (queued IS NOT $2 OR urgent IS NOT $3)",
	[SQL_CUSTOMER_IS] = "SELECT count(*) FROM customer WHERE id = $1",
	[SQL_MILESTONE_IS] = "SELECT count(*) FROM milestone WHERE id = $1",

	[SQL_SETTING_GET] = "SELECT value FROM setting WHERE name = $1",
	[SQL_SETTING_REMOVE] = "DELETE FROM setting WHERE name = $1",
	[SQL_SETTING_PUT] = "INSERT INTO setting (name, value) VALUES ($1, $2) "
			    "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
	[SQL_INFO]
	= "SELECT (SELECT count(*) FROM customer), (SELECT count(*) FROM milestone), "
	  "(SELECT count(*) FROM metric_point), (SELECT count(*) FROM activity), "
	  "(SELECT count(*) FROM journal)",

	[SQL_JOURNAL_OPEN]
	= "INSERT INTO journal (at, day, actor, command) VALUES ($1, $2, $3, $4) RETURNING id",
	[SQL_JOURNAL_LAST_SEQ] = "SELECT coalesce(max(seq), 0) FROM journal_row",
	[SQL_JOURNAL_CLOSE] = "UPDATE journal SET summary = $2, first_seq = $3, last_seq = $4, "
			      "changes = $4 - $3 + 1 WHERE id = $1",
	[SQL_JOURNAL_REMOVE] = "DELETE FROM journal WHERE id = $1",
	[SQL_JOURNAL_BURY] = "UPDATE journal SET undone = 2 WHERE undone = 1",
	[SQL_JOURNAL_TOUCHED] = "SELECT k.customer_id FROM journal_customer k "
				"JOIN customer c ON c.id = k.customer_id WHERE k.entry = $1 "
				"ORDER BY k.customer_id",
	[SQL_JOURNAL_LAST_DONE] = "SELECT " HISTORY_COLUMNS
	" FROM journal j WHERE j.undone = 0 ORDER BY j.id DESC LIMIT 1",
	[SQL_JOURNAL_FIRST_UNDONE] = "SELECT " HISTORY_COLUMNS
	" FROM journal j WHERE j.undone = 1 ORDER BY j.id LIMIT 1",
	[SQL_JOURNAL_SPAN] = "SELECT first_seq, last_seq FROM journal WHERE id = $1",
	[SQL_JOURNAL_ROWS] = "SELECT seq, tbl, row_id, op, before, after FROM journal_row "
			     "WHERE seq BETWEEN $1 AND $2 ORDER BY seq",
	[SQL_JOURNAL_ROWS_BACK] = "SELECT seq, tbl, row_id, op, before, after FROM journal_row "
				  "WHERE seq BETWEEN $1 AND $2 ORDER BY seq DESC",
	[SQL_JOURNAL_KEEP_IMAGE] = "UPDATE journal_row SET after = $2 WHERE seq = $1",
	[SQL_JOURNAL_MARK] = "UPDATE journal SET undone = $2 WHERE id = $1",
	[SQL_JOURNAL_EVENT] = "INSERT INTO journal_event (entry, kind, at, day, newest) "
			      "VALUES ($1, $2, $3, $4, (SELECT max(id) FROM journal))",
	[SQL_ALERT_CLASHES]
	= "DELETE FROM alert WHERE id <> $1 AND state <> 'resolved' AND (customer_id, rule) = "
	  "(SELECT o.customer_id, o.rule FROM alert o WHERE o.id = $1 AND o.state <> 'resolved')",

	[SQL_CHECK_STRAYS] = "SELECT count(*) FROM journal_row r LEFT JOIN journal j ON j.id = r.entry "
			     "AND r.seq BETWEEN j.first_seq AND j.last_seq WHERE j.id IS NULL",
	[SQL_CHECK_SPANS]
	= "SELECT count(*) FROM journal j WHERE j.changes < 1 OR j.first_seq IS NULL OR j.changes <> "
	  "(SELECT count(*) FROM journal_row r WHERE r.seq BETWEEN j.first_seq AND j.last_seq)",
	[SQL_CHECK_STACK] = "SELECT count(*) FROM journal WHERE undone NOT IN (0, 1, 2) "
			    "OR (undone = 0 AND id > (SELECT min(id) FROM journal WHERE undone = 1))",
	[SQL_CHECK_EVENTS]
	= "SELECT count(*) FROM journal_event v LEFT JOIN journal j ON j.id = v.entry "
	  "WHERE j.id IS NULL OR v.kind NOT IN ('undo', 'redo')",
	[SQL_CHECK_ITEMS] = "SELECT count(*) FROM item i JOIN milestone m ON m.id = i.milestone_id "
			    "WHERE m.customer_id <> i.customer_id",
	[SQL_SEARCH_HEAD] = "SELECT (SELECT coalesce(max(j.id), 0) FROM journal j), "
			    "(SELECT coalesce(max(v.seq), 0) FROM journal_event v)",
	[SQL_SEARCH_MARK] = "SELECT entry, event, format, shared FROM search_mark",
	[SQL_SEARCH_MARK_PUT] = "INSERT INTO search_mark (id, entry, event, format, shared) "
				"VALUES (1, $1, $2, $3, $4) ON CONFLICT (id) DO UPDATE SET "
				"entry = excluded.entry, event = excluded.event, format = excluded.format, "
				"shared = excluded.shared",
	[SQL_SEARCH_TEXTS] = "SELECT t.customer_id, t.text FROM search_text t ORDER BY t.customer_id",
	[SQL_SEARCH_TEXT_PUT] = "INSERT INTO search_text (customer_id, text) VALUES ($1, $2) "
				"ON CONFLICT (customer_id) DO UPDATE SET text = excluded.text",
	[SQL_SEARCH_TEXTS_CLEAR] = "DELETE FROM search_text",
	[SQL_SEARCH_TITLES] = "SELECT t.names FROM search_title t ORDER BY t.id",
	[SQL_SEARCH_TITLE_PUT] = "INSERT INTO search_title (id, names) VALUES ($1, $2)",
	[SQL_SEARCH_TITLES_CLEAR] = "DELETE FROM search_title",
	[SQL_SEARCH_ALL] = "SELECT c.id FROM customer c ORDER BY c.id",
	[SQL_SEARCH_TOUCHED]
	= "SELECT k.customer_id FROM journal_customer k WHERE k.entry > $1 "
	  "UNION ALL SELECT k.customer_id FROM journal_event v CROSS JOIN journal_customer k "
	  "ON k.entry = v.entry WHERE v.seq > $2",
	[SQL_SEARCH_CUSTOMERS]
	= "SELECT c.id, c.key, c.name, c.tags, c.owner, c.segment, c.industry FROM customer c "
	  "WHERE c.id BETWEEN $1 AND $2 ORDER BY c.id",
	[SQL_SEARCH_MILESTONES]
	= "SELECT m.customer_id, m.id, m.key, m.title_en, m.title_zh, m.owner, m.reason, m.due, "
	  "m.done_on, " OPEN " FROM milestone m WHERE m.customer_id BETWEEN $1 AND $2 "
	  "ORDER BY m.customer_id, " MILESTONE_ORDER,
	[SQL_CHECK_STATES] = "SELECT count(*) FROM customer_state s LEFT JOIN customer c "
			     "ON c.id = s.customer_id WHERE c.id IS NULL",
};
/* clang-format on */
