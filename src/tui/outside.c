/* SPDX-License-Identifier: MIT */
#include "outside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <tend/file.h>
#include <tend/mem.h>

#define FILE_MAX (1 << 20)

static char *file_for(const struct workbench *wb)
{
	char *name = tend_format("edit-%lld.md", (long long)getpid());
	char *path = tend_path_join(wb->o->drafts, name);
	free(name);
	return path;
}

enum follow outside_edit(struct workbench *wb, struct form *f, bool saves)
{
	struct tend_error err = {0};
	struct tend_str text = {0};
	if (wb->o->drafts == NULL) {
		wb_say(wb, ROLE_ERROR, "%s", _("An editor needs a terminal of its own."));
		return FOLLOW_NOTHING;
	}
	tend_str_add(&text, form_value(f, f->focus));
	if (text.len > 0 && text.data[text.len - 1] != '\n') {
		tend_str_addc(&text, '\n');
	}
	char *path = file_for(wb);
	bool written = tend_mkdirs(wb->o->drafts, &err) == TEND_OK
		&& tend_file_write(path, tend_str_text(&text), text.len, true, &err) == TEND_OK;
	tend_str_finish(&text);
	if (!written) {
		wb_error(wb, &err);
		free(path);
		return FOLLOW_NOTHING;
	}
	free(wb->outside);
	wb->outside = path;
	wb->outside_saves = saves;
	return FOLLOW_EDIT;
}

/* --- running it --- */

static const char *command(void)
{
	static const char *const names[] = {"VISUAL", "EDITOR"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *text = getenv(names[i]);
		if (text != NULL && text[0] != '\0') {
			return text;
		}
	}
	return "vi";
}

/* Through the shell: what the variable holds may have arguments. */
static void child(const char *path, const sigset_t *mask)
{
	static const int defaults[] = {SIGINT, SIGQUIT, SIGTSTP, SIGPIPE};
	struct sigaction dfl = {.sa_handler = SIG_DFL};
	(void)sigemptyset(&dfl.sa_mask);
	for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++) {
		(void)sigaction(defaults[i], &dfl, NULL);
	}
	(void)sigprocmask(SIG_SETMASK, mask, NULL);
	char *line = tend_format("%s \"$1\"", command());
	(void)execl("/bin/sh", "sh", "-c", line, "tend", path, (char *)NULL);
	_exit(127);
}

static char *reason(int status)
{
	/* Its name, without what it is told. */
	char *name = tend_strndup(command(), strcspn(command(), " "));
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	char *text = code == 0 ? NULL
		: code == 127  ? tend_format(_("%s cannot be run: set $EDITOR"), name)
		: code >= 0    ? tend_format(_("%s ended with %d"), name, code)
			    : tend_format(_("%s was ended by signal %d"), name, WTERMSIG(status));
	free(name);
	return text;
}

char *outside_run(const char *path, const sigset_t *mask)
{
	/* Keys that interrupt or stop are the editor's; stopping it stops both, as the shell expects. */
	struct sigaction ignore = {.sa_handler = SIG_IGN}, dfl = {.sa_handler = SIG_DFL};
	struct sigaction interrupt, quit, stop;
	sigset_t keys, before;
	int status = 0;
	(void)sigemptyset(&ignore.sa_mask);
	(void)sigemptyset(&dfl.sa_mask);
	(void)sigaction(SIGINT, &ignore, &interrupt);
	(void)sigaction(SIGQUIT, &ignore, &quit);
	(void)sigaction(SIGTSTP, &dfl, &stop);
	(void)sigemptyset(&keys);
	(void)sigaddset(&keys, SIGTSTP);
	/* What is ignored while it is blocked would wait and come to our own handlers. */
	(void)sigaddset(&keys, SIGINT);
	(void)sigaddset(&keys, SIGQUIT);
	pid_t pid = fork();
	if (pid == 0) {
		child(path, mask);
	}
	(void)sigprocmask(SIG_UNBLOCK, &keys, &before);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	(void)sigaction(SIGINT, &interrupt, NULL);
	(void)sigaction(SIGQUIT, &quit, NULL);
	(void)sigaction(SIGTSTP, &stop, NULL);
	return pid > 0 ? reason(status) : tend_format("%s: %s", command(), strerror(errno));
}

/* --- what came of it --- */

/* The text without the ends of the last lines, made printable. */
static char *read_text(const char *path)
{
	struct tend_str bytes = {0}, text = {0};
	struct tend_error err = {0};
	if (tend_file_read(path, FILE_MAX, &bytes, &err) != TEND_OK) {
		tend_str_finish(&bytes);
		return NULL;
	}
	size_t n = bytes.len;
	while (n > 0 && strchr("\r\n", bytes.data[n - 1]) != NULL) {
		n--;
	}
	/* Every line ends alike. */
	size_t kept = 0;
	for (size_t i = 0; i < n; i++) {
		if (bytes.data[i] != '\r' || bytes.data[i + 1] != '\n') {
			bytes.data[kept++] = bytes.data[i];
		}
	}
	(void)tend_printable_lines(&text, n > 0 ? bytes.data : "", kept);
	tend_str_finish(&bytes);
	tend_str_add(&text, "");
	return text.data != NULL ? tend_str_steal(&text) : tend_strdup("");
}

/* What the editor wrote is in the field, and among the drafts, before its file goes. */
static enum follow take(struct workbench *wb, struct form *f, const char *text)
{
	struct form_field *field = &f->fields[f->focus];
	bool same = strcmp(form_value(f, f->focus), text) == 0;
	editor_set(&field->editor, text);
	field->error[0] = '\0';
	drafts_write(wb);
	if (!wb->outside_saves) {
		return FOLLOW_NOTHING;
	}
	if (same && strcmp(text, field->initial) == 0) {
		wb_pop(wb);
		wb_say(wb, ROLE_HINT, "%s", _("The text is as it was."));
		return FOLLOW_NOTHING;
	}
	return form_save(wb, f);
}

void workbench_edited(struct workbench *wb, const char *failed)
{
	struct form *f = (struct form *)wb->dialog;
	enum follow follow = FOLLOW_NOTHING;
	char *path = wb->outside;
	wb->outside = NULL;
	if (path == NULL || f == NULL) {
		free(path);
		return;
	}
	char *text = read_text(path);
	bool same = text == NULL || strcmp(text, form_value(f, f->focus)) == 0;
	if (failed == NULL && text != NULL) {
		follow = take(wb, f, text);
		(void)unlink(path);
	} else if (same) {
		wb_say(wb, ROLE_ERROR, _("%s: the text is as it was"),
			failed != NULL ? failed : path);
		(void)unlink(path);
	} else {
		wb_say(wb, ROLE_ERROR, _("%s: what it wrote is in %s"), failed, path);
	}
	if (failed != NULL && wb->outside_saves) {
		wb_pop(wb);
	}
	free(text);
	free(path);
	workbench_follow(wb, follow);
}
