/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a file of any kind: whatever comes, it is read or refused with printable findings at places
 * inside the file, and a journey that is taken can be scheduled.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <tend/str.h>
#include <tend/text.h>
#include <tend/yaml.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
	if (!holds) {
		abort();
	}
}

static bool knows_nothing(void *ctx, enum tend_file_kind kind, const char *key)
{
	(void)ctx;
	(void)kind;
	return key == NULL;
}

static bool is_no_action(void *ctx, const char *name)
{
	(void)ctx;
	return name == NULL;
}

static void check_findings(const struct tend_findings *findings, enum tend_status status)
{
	demand((status == TEND_OK) == (findings->errors == 0));
	for (size_t i = 0; i < findings->n; i++) {
		const struct tend_finding *f = &findings->items[i];
		demand(f->line > 0 && f->column > 0);
		demand(tend_is_printable(f->text, strlen(f->text)));
		demand(i == 0 || f[-1].line <= f->line);
	}
}

static void schedule(const struct tend_journey *j)
{
	struct tend_schedule_input in = {0};
	struct tend_schedule s = {0};
	struct tend_error err;
	demand(tend_date_parse("2024-02-29", &in.start));
	in.renewal = tend_date_add(NULL, in.start, j->term);
	if (tend_journey_schedule(j, &in, &s, &err) == TEND_OK) {
		for (size_t i = 1; i < s.n; i++) {
			demand(s.items[i - 1].due.day <= s.items[i].due.day);
		}
	}
	tend_schedule_finish(&s);
	int stage = tend_journey_stage_on(j, &in, in.renewal, true, NULL);
	demand(stage >= -1 && stage < (int)j->nstages);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct tend_yaml_env env = {.exists = knows_nothing, .action = is_no_action};
	struct tend_findings findings;
	enum tend_file_kind kind;
	tend_findings_init(&findings, "fuzz.yaml");
	enum tend_status status = tend_yaml_check(text, size, &env, &findings, &kind);
	check_findings(&findings, status);
	if (kind == TEND_KIND_JOURNEY) {
		struct tend_journey *j;
		if (tend_yaml_journey(text, size, &env, &findings, &j) == TEND_OK) {
			schedule(j);
		}
		tend_journey_destroy(j);
	}
	free(tend_yaml_key(text, size));
	tend_findings_finish(&findings);
	return 0;
}
