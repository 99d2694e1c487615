/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a file of any kind: whatever comes, it is read or refused with printable findings at places
 * inside the file, and a journey that is taken can be scheduled, and so can a playbook. What follows a line
 * "#8<" is the journey that it extends.
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

struct input {
	const char *text, *base;
	size_t size, base_size;
};

static enum tend_status give_base(
	void *ctx, const char *name, struct tend_str *ret_text, struct tend_error *err)
{
	const struct input *in = ctx;
	demand(name[0] != '\0');
	if (in->base == NULL) {
		return tend_fail(err, TEND_NOT_FOUND, "there is no journey \"%s\"", name);
	}
	tend_str_addn(ret_text, in->base, in->base_size);
	return TEND_OK;
}

static struct input split(const char *data, size_t size)
{
	static const char mark[] = "\n#8<\n";
	size_t length = sizeof(mark) - 1;
	for (size_t i = 0; i + length <= size; i++) {
		if (memcmp(data + i, mark, length) == 0) {
			return (struct input){.text = data,
				.size = i,
				.base = data + i + length,
				.base_size = size - i - length};
		}
	}
	return (struct input){.text = data, .size = size};
}

static void check_findings(const struct tend_findings *findings, enum tend_status status)
{
	demand((status == TEND_OK) == (findings->errors == 0));
	for (size_t i = 0; i < findings->n; i++) {
		const struct tend_finding *f = &findings->items[i];
		demand(f->line > 0 && f->column > 0);
		demand(f->line < 1 << 20 && f->rule != NULL && f->rule[0] != '\0');
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

/* Held to a version of its base it is the same journey. */
static void pin(const struct input *in, const struct tend_yaml_env *env, const char *extends)
{
	char *text = tend_yaml_pin(in->text, in->size, 7);
	struct tend_findings findings;
	struct tend_journey *j;
	tend_findings_init(&findings, "pinned.yaml");
	if (tend_yaml_journey(text, strlen(text), env, &findings, &j) == TEND_OK) {
		size_t n = strcspn(extends, "@");
		demand(strncmp(j->extends, extends, n) == 0);
	}
	tend_journey_destroy(j);
	tend_findings_finish(&findings);
	free(text);
}

static void use(const struct input *in, const struct tend_yaml_env *env, enum tend_file_kind kind)
{
	struct tend_findings findings;
	tend_findings_init(&findings, "fuzz.yaml");
	if (kind == TEND_KIND_JOURNEY) {
		struct tend_journey *j;
		if (tend_yaml_journey(in->text, in->size, env, &findings, &j) == TEND_OK) {
			schedule(j);
			if (j->extends != NULL) {
				pin(in, env, j->extends);
			}
		}
		tend_journey_destroy(j);
	}
	if (kind == TEND_KIND_PLAYBOOK) {
		struct tend_playbook *p;
		if (tend_yaml_playbook(in->text, in->size, env, &findings, &p) == TEND_OK) {
			schedule(p->steps);
		}
		tend_playbook_destroy(p);
	}
	tend_findings_finish(&findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = split((const char *)data, size);
	struct tend_yaml_env env = {.ctx = &in,
		.exists = knows_nothing,
		.action = is_no_action,
		.base = give_base,
		.lint = true};
	struct tend_findings findings;
	struct tend_arena arena = {0};
	enum tend_file_kind kind;
	tend_findings_init(&findings, "fuzz.yaml");
	enum tend_status status = tend_yaml_check(in.text, in.size, &env, &findings, &kind);
	check_findings(&findings, status);
	use(&in, &env, kind);
	free(tend_yaml_key(in.text, in.size));
	(void)tend_yaml_title(in.text, in.size, &arena);
	demand(tend_yaml_version(in.text, in.size) >= 0);
	tend_arena_finish(&arena);
	tend_findings_finish(&findings);
	return 0;
}
