// A wall clock that tests can move. Preloaded into a browser, it adds an offset from a small shared file to every
// wall-clock reading, in all of the browser's processes at once. Monotonic clocks are left alone, so timers, media and
// calls keep running normally. The file is mapped before any sandbox closes and is read without a system call.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static volatile int64_t *offset_ms;
static int (*next_gettime)(clockid_t, struct timespec *);
static int (*next_timedwait)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);

__attribute__((constructor)) static void start(void) {
  next_gettime = dlsym(RTLD_NEXT, "clock_gettime");
  next_timedwait = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
  const char *path = getenv("TEST_CLOCK_FILE");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *map = mmap(NULL, sizeof *offset_ms, PROT_READ, MAP_SHARED, file, 0);
  close(file);
  if (map != MAP_FAILED) offset_ms = map;
}

static void shift(struct timespec *t, int64_t ms) {
  int64_t ns = t->tv_nsec + (ms % 1000) * 1000000;
  t->tv_sec += ms / 1000 + (ns >= 1000000000) - (ns < 0);
  t->tv_nsec = ns + (ns < 0) * 1000000000 - (ns >= 1000000000) * 1000000000;
}

int clock_gettime(clockid_t clock, struct timespec *t) {
  // Other constructors may read the time before this one has run.
  int result = next_gettime ? next_gettime(clock, t) : (int)syscall(SYS_clock_gettime, clock, t);
  if (result == 0 && offset_ms && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) shift(t, *offset_ms);
  return result;
}

int gettimeofday(struct timeval *restrict tv, void *restrict zone) {
  struct timespec t;
  (void)zone;
  clock_gettime(CLOCK_REALTIME, &t);
  tv->tv_sec = t.tv_sec;
  tv->tv_usec = t.tv_nsec / 1000;
  return 0;
}

time_t time(time_t *out) {
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  if (out) *out = t.tv_sec;
  return t.tv_sec;
}

// The kernel waits by the real clock, so a deadline computed from the moved clock is moved back. Monotonic deadlines
// count from the machine's start, so they are far smaller than any wall-clock time.
int pthread_cond_timedwait(pthread_cond_t *restrict cond, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict deadline) {
  struct timespec t = *deadline;
  if (offset_ms && t.tv_sec > 1000000000) shift(&t, -*offset_ms);
  return next_timedwait(cond, mutex, &t);
}
