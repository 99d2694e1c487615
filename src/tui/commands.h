/* SPDX-License-Identifier: MIT */
/* The words of the `:` line. */
#ifndef TUI_COMMANDS_H
#define TUI_COMMANDS_H

#include "workbench.h"

#define WORDS_MAX 64

/* A line split at blanks, quotes taken off; `rest[i]` is the line from word i on, as it was typed. */
struct words {
	char *copy;
	char *items[WORDS_MAX];
	const char *rest[WORDS_MAX];
	size_t n;
};
bool words_split(const char *line, struct words *ret); /* false: a quote is not closed */
void words_finish(struct words *w);

struct command {
	const char *name;
	const char *usage; /* what may follow */
	enum tend_status (*run)(struct workbench *wb, const struct words *w, enum follow *ret,
		struct tend_error *err);
};
/* The kinds of records: `NOUN [add] [CUSTOMER] [FIELD=VALUE…]`, `NOUN edit|set|remove KEY [FIELD=VALUE…]`; a form
 * where no field is given. The first word is at `at`. */
enum tend_status command_kind(struct workbench *wb, const struct words *w, size_t at,
	enum follow *ret, struct tend_error *err);
/* add, edit, set, remove. */
bool command_is_verb(const char *word);
/* What the words may be that stand after a noun. */
void command_kind_complete(struct workbench *wb, const struct words *w, size_t at,
	const char *prefix, struct tend_str *out);
/* Adds a word where it starts so. */
void command_offer(struct tend_str *out, const char *word, const char *prefix);
extern const struct command commands[];
extern const size_t command_count;
/* Those that write records. */
typedef enum tend_status command_handler(
	struct workbench *wb, const struct words *w, enum follow *ret, struct tend_error *err);
command_handler cmd_done, cmd_reopen, cmd_log, cmd_note, cmd_snooze, cmd_ack, cmd_undo, cmd_redo,
	cmd_due, cmd_owner, cmd_enroll, cmd_import, cmd_export, cmd_set, cmd_playbook, cmd_add,
	cmd_profile;

#endif
