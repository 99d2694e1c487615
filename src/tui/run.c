/* SPDX-License-Identifier: MIT */
/* The loop: keys, signals and time on one side, frames on the other. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <time.h>
#include <unistd.h>

#include <tend/mem.h>

#include "outside.h"
#include "term.h"
#include "workbench.h"

#define ESCAPE_MS 25
#define ESCAPE_MAX_MS 1000

/* What signals leave behind; they are open only while the loop waits. */
static volatile sig_atomic_t got_resize, got_end, got_stop, got_hangup;

static void on_signal(int signal)
{
	if (signal == SIGWINCH) {
		got_resize = 1;
	} else if (signal == SIGTSTP) {
		got_stop = 1;
	} else if (signal == SIGHUP) {
		got_hangup = 1;
	} else if (signal != SIGCONT) {
		got_end = 1;
	}
}

static const int handled[] = {SIGWINCH, SIGTERM, SIGINT, SIGQUIT, SIGHUP, SIGTSTP, SIGCONT};
#define NHANDLED (sizeof(handled) / sizeof(handled[0]))

struct loop {
	struct workbench wb;
	struct term *term;
	struct key_decoder decoder;
	sigset_t waiting; /* the mask while the loop waits */
	sigset_t before;
	struct sigaction actions[NHANDLED], pipe_action;
	int escape_ms;
	int64_t read_at; /* when the last bytes came */
	bool hung_up;
};

static int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void take_signals(struct loop *l)
{
	sigset_t block;
	struct sigaction action = {.sa_handler = on_signal}, ignore = {.sa_handler = SIG_IGN};
	got_resize = got_end = got_stop = got_hangup = 0;
	(void)sigemptyset(&block);
	(void)sigemptyset(&action.sa_mask);
	(void)sigemptyset(&ignore.sa_mask);
	for (size_t i = 0; i < NHANDLED; i++) {
		(void)sigaddset(&block, handled[i]);
		(void)sigaction(handled[i], &action, &l->actions[i]);
	}
	(void)sigaction(SIGPIPE, &ignore, &l->pipe_action);
	(void)sigprocmask(SIG_BLOCK, &block, &l->before);
	l->waiting = l->before;
	for (size_t i = 0; i < NHANDLED; i++) {
		(void)sigdelset(&l->waiting, handled[i]);
	}
}

static void give_signals_back(const struct loop *l)
{
	/* What is pending still comes to our own handlers. */
	(void)sigprocmask(SIG_SETMASK, &l->before, NULL);
	for (size_t i = 0; i < NHANDLED; i++) {
		(void)sigaction(handled[i], &l->actions[i], NULL);
	}
	(void)sigaction(SIGPIPE, &l->pipe_action, NULL);
}

static void apply_theme(struct loop *l)
{
	struct workbench *wb = &l->wb;
	struct styles styles;
	int colors = l->term->ops->colors(l->term);
	struct tend_theme *theme = NULL;
	if (wb->theme == NULL) {
		wb->theme = wb->o->theme != NULL ? tend_strdup(wb->o->theme)
			: wb->app != NULL        ? tend_app_setting(wb->app, "theme")
						 : NULL;
	}
	const char *name = wb->theme != NULL ? wb->theme : "default";
	struct tend_error err = {0};
	if (wb->app == NULL) {
		styles_builtin(&styles, colors);
	} else if (tend_app_theme(wb->app, name, &theme, &err) == TEND_OK) {
		styles_from_theme(&styles, theme, colors);
		tend_theme_destroy(theme);
	} else {
		styles_builtin(&styles, colors);
		wb_error(wb, &err);
	}
	l->term->ops->set_styles(l->term, &styles);
	wb->theme_changed = false;
}

static void draw(struct loop *l)
{
	int columns, rows;
	l->term->ops->size(l->term, &columns, &rows);
	if (columns != l->wb.canvas.columns || rows != l->wb.canvas.rows) {
		canvas_resize(&l->wb.canvas, columns, rows);
		view_reach(&l->wb, wb_view(&l->wb), (size_t)rows);
	}
	if (l->wb.theme_changed) {
		apply_theme(l);
	}
	workbench_draw(&l->wb);
	l->term->ops->present(l->term, &l->wb.canvas);
}

static void suspend(struct loop *l)
{
	struct sigaction dfl = {.sa_handler = SIG_DFL}, own;
	sigset_t stop, before;
	l->term->ops->suspend(l->term);
	(void)sigemptyset(&dfl.sa_mask);
	(void)sigaction(SIGTSTP, &dfl, &own);
	(void)sigemptyset(&stop);
	(void)sigaddset(&stop, SIGTSTP);
	(void)raise(SIGTSTP);
	/* It stops here, and goes on here. */
	(void)sigprocmask(SIG_UNBLOCK, &stop, &before);
	(void)sigprocmask(SIG_SETMASK, &before, NULL);
	(void)sigaction(SIGTSTP, &own, NULL);
	l->term->ops->resume(l->term);
	l->wb.checked_at = 0;
}

static void edit_outside(struct loop *l)
{
	l->term->ops->suspend(l->term);
	char *failed = outside_run(l->wb.outside, &l->before);
	l->term->ops->resume(l->term);
	l->wb.checked_at = 0;
	workbench_edited(&l->wb, failed);
	free(failed);
}

static void take_follow(struct loop *l, enum follow follow)
{
	if (follow == FOLLOW_SUSPEND) {
		suspend(l);
	} else if (follow == FOLLOW_EDIT) {
		edit_outside(l);
	} else if (follow == FOLLOW_REDRAW) {
		l->term->ops->forget(l->term);
	}
}

/* All keys that are there before one frame. */
static void take_keys(struct loop *l, bool rest)
{
	struct key k;
	while (!l->wb.quit && key_decoder_next(&l->decoder, rest, &k)) {
		take_follow(l, workbench_key(&l->wb, k));
	}
}

static bool readable(int fd, struct pollfd *ret)
{
	*ret = (struct pollfd){.fd = fd, .events = POLLIN};
	return poll(ret, 1, 0) > 0 && (ret->revents & POLLIN) != 0;
}

static void read_keys(struct loop *l)
{
	struct pollfd p;
	while (!l->wb.quit && readable(l->term->input, &p)) {
		char bytes[64];
		size_t room = key_decoder_room(&l->decoder);
		ssize_t n =
			read(l->term->input, bytes, room < sizeof(bytes) ? room : sizeof(bytes));
		if (n <= 0) {
			l->hung_up = n == 0 || errno != EINTR;
			return;
		}
		l->read_at = now_ms();
		key_decoder_feed(&l->decoder, bytes, (size_t)n);
		take_keys(l, false);
	}
	l->hung_up = l->hung_up || (p.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

/* Waits for a key, a signal or the time; true where there may be something new to draw. */
static bool wait_for(struct loop *l, int ms)
{
	fd_set in;
	FD_ZERO(&in);
	FD_SET(l->term->input, &in);
	int64_t patient_until = l->read_at + key_decoder_patience(&l->decoder, l->escape_ms);
	if (key_decoder_waits(&l->decoder)) {
		int64_t left = patient_until - now_ms();
		left = left > 0 ? left : 0;
		ms = ms < 0 || ms > left ? (int)left : ms;
	}
	struct timespec t = {ms / 1000, (long)(ms % 1000) * 1000000};
	int n = pselect(l->term->input + 1, &in, NULL, NULL, ms >= 0 ? &t : NULL, &l->waiting);
	l->wb.now = now_ms();
	if (n > 0) {
		read_keys(l);
		return true;
	}
	if (n == 0 && key_decoder_waits(&l->decoder) && l->wb.now >= patient_until) {
		take_keys(l, true);
		return true;
	}
	return n < 0;
}

static bool take_pending_signals(struct loop *l)
{
	bool drawn = got_resize != 0;
	got_resize = 0;
	if (got_stop != 0) {
		got_stop = 0;
		suspend(l);
		drawn = true;
	}
	l->hung_up = l->hung_up || got_hangup != 0;
	l->wb.quit = l->wb.quit || got_end != 0 || l->hung_up;
	return drawn;
}

static void loop_run(struct loop *l)
{
	bool dirty = true;
	int wait = 0;
	l->wb.now = now_ms();
	while (!l->wb.quit) {
		if (dirty) {
			draw(l);
		}
		dirty = wait_for(l, wait);
		dirty = take_pending_signals(l) || dirty;
		bool changed = false;
		if (!l->wb.quit) {
			wait = workbench_tick(&l->wb, now_ms(), &changed);
		}
		dirty = dirty || changed;
	}
}

static int escape_time(void)
{
	const char *text = getenv("ESCDELAY");
	long long ms;
	return text != NULL && tend_parse_int(text, &ms) && ms > 0 && ms <= ESCAPE_MAX_MS
		? (int)ms
		: ESCAPE_MS;
}

void tend_workbench_terminal(struct tend_terminal *ret)
{
	*ret = (struct tend_terminal){.escape_ms = escape_time(), .library = term_curses_library()};
	term_curses_look(getenv("TERM"), &ret->known, &ret->cursor, &ret->colors);
}

static int fail(FILE *messages, const struct tend_error *err)
{
	(void)fprintf(messages, "tend: %s\n", err->text);
	return err->status != TEND_OK ? (int)err->status : 1;
}

int tend_workbench_run(const struct tend_workbench_options *o, FILE *messages)
{
	struct loop l = {.escape_ms = escape_time()};
	struct tend_error err = {0};
	const char *plain = getenv("NO_COLOR");
	struct term_options t = {.no_color = o->no_color || (plain != NULL && plain[0] != '\0'),
		.type = getenv("TERM"),
		.input = STDIN_FILENO,
		.output = STDOUT_FILENO};
	if (workbench_open(&l.wb, o, NULL, &err) != TEND_OK) {
		workbench_close(&l.wb);
		return fail(messages, &err);
	}
	take_signals(&l);
	if (term_curses_open(&t, &l.term, &err) != TEND_OK) {
		give_signals_back(&l);
		workbench_close(&l.wb);
		return fail(messages, &err);
	}
	apply_theme(&l);
	loop_run(&l);
	l.term->ops->close(l.term);
	give_signals_back(&l);
	bool hung_up = l.hung_up;
	workbench_close(&l.wb);
	return hung_up ? 1 : 0;
}
