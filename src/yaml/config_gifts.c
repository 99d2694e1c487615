/* SPDX-License-Identifier: MIT */
/* gifts: {share: 0.5%, least: 0, most: 5000, currency: CNY} of a config file: what gifts may come to in a year. */
#include <math.h>
#include <string.h>

#include <tend/lang.h>
#include <tend/money.h>

#include "config.h"

#define AMOUNT_MAX 1e9

static const struct field gift_fields[] = {
	{"share", FIELD_NUMBER, offsetof(struct tend_gift_rule, share)},
	{"least", FIELD_NUMBER, offsetof(struct tend_gift_rule, least)},
	{"most", FIELD_NUMBER, offsetof(struct tend_gift_rule, most)},
	{"currency", FIELD_STRING, offsetof(struct tend_gift_rule, currency)},
};

static void check_amount(struct reader *r, const struct node *at, const char *name, double amount)
{
	if (at != NULL && (amount < 0 || amount > AMOUNT_MAX)) {
		report(r, at, TEND_RULE_VALUE, _("\"%s\" is an amount from 0 to %.0f"), name,
			AMOUNT_MAX);
	}
}

void config_read_gifts(struct reader *r, const struct node *map, struct tend_config *config)
{
	struct tend_gift_rule *g = &config->gifts;
	if (map == NULL || !read_mapping(r, map, gift_fields, FIELD_COUNT_OF(gift_fields), g)) {
		return;
	}
	if (g->share < 0 || g->share > 1) {
		report(r, node_get(map, "share"), TEND_RULE_VALUE,
			_("\"share\" is a part of the annual amount, from 0%% to 100%%"));
	}
	check_amount(r, node_get(map, "least"), "least", g->least);
	check_amount(r, node_get(map, "most"), "most", g->most);
	if (g->least > g->most) {
		report(r, node_get(map, "most"), TEND_RULE_VALUE,
			_("\"most\" is less than \"least\""));
	}
	if (g->currency != NULL && !tend_currency_valid(g->currency)) {
		report(r, node_get(map, "currency"), TEND_RULE_VALUE,
			_("\"%s\" is no currency of ISO 4217"), quoted(r, g->currency));
	}
}
