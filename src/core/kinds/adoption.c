/* SPDX-License-Identifier: MIT */
#include "kinds.h"

static const char *const adoption_kinds[] = {"rule", "norm", "incentive", NULL};
static const char *const states[] = {"proposed", "in-force", "ended", NULL};
static const char *const open_states[] = {"proposed", "in-force", NULL};

struct adoption {
	int64_t id, customer_id;
	const char *key, *customer, *title, *kind, *audience, *text, *contact, *state;
	struct tend_date since, until;
};

#define A struct adoption

static const struct tend_field fields[] = {
	KEY(A),
	CUSTOMER(A),
	LINE(A, title, SET_REQUIRED, "Rule", "制度"),
	WORD(A, kind, SET, adoption_kinds, "Kind", "类型", .initial = "rule"),
	LINE(A, audience, SET, "Applies to", "适用对象"),
	LONG(A, text, SET_WIDE, "Text", "内容"),
	SOMEBODY(A, contact, SET, "Seen to by", "落实人"),
	DATE(A, since, SET, "In force since", "生效日"),
	DATE(A, until, SET_WIDE, "Until", "截止日", .not_before = "since"),
	WORD(A, state, SET, states, "State", "状态", .initial = "proposed"),
	ROW_ID(A, id),
	ROW_ID(A, customer_id),
};

static const struct tend_record_type adoption_type =
	RECORD_TYPE(A, "adoption", "Adoption rule", "落地制度");

const struct tend_kind kind_adoption = {
	.type = &adoption_type,
	.noun = "adoption",
	.plural = "adoptions",
	.table = "adoption",
	.order = "since,id",
	.made_key = "adoption",
	.label = "title",
	.detail = "text",
	.when = "since",
	.state = "state",
	.open = open_states,
	.tab = TEND_TAB_OUTCOMES,
	.titles = {"Adoption rules", "落地制度"},
	.help = {"the customer's rules, norms and incentives that go with the system",
		"与系统配套的制度、规范与激励"},
};
