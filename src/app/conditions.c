/* SPDX-License-Identifier: MIT */
/* What a condition of a journey can ask about a customer. */
#include <string.h>

#include "inside.h"

static struct tend_value field(void *ctx, const char *name)
{
	const struct condition_inputs *in = ctx;
	struct tend_value v;
	if (strcmp(name, "lapsed") == 0) {
		return (struct tend_value){.type = TEND_BOOL,
			.null = in->customer->status == NULL,
			.integer = tend_same(in->customer->status, "lapsed")};
	}
	if (!tend_record_get(&tend_customer_type, in->customer, name, &v)) {
		return (struct tend_value){.null = true};
	}
	return v;
}

struct tend_inputs customer_inputs(struct condition_inputs *ctx)
{
	return (struct tend_inputs){.ctx = ctx, .field = field};
}
