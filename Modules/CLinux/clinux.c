#define _GNU_SOURCE
#include "clinux.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/random.h>

int sp_accept4(int fd, struct sockaddr *address, socklen_t *length, int flags) {
  return accept4(fd, address, length, flags);
}

int sp_random(void *bytes, size_t count) {
  uint8_t *next = bytes;
  while (count > 0) {
    ssize_t got = getrandom(next, count, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    next += got;
    count -= (size_t)got;
  }
  return 0;
}

int sp_peer_credentials(int fd, uint32_t *pid, uint32_t *uid, uint32_t *gid) {
  struct ucred credentials;
  socklen_t length = sizeof credentials;
  if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) return -1;
  *pid = (uint32_t)credentials.pid;
  *uid = credentials.uid;
  *gid = credentials.gid;
  return 0;
}

void sp_name_thread(const char *name) {
  char cut[16];
  strncpy(cut, name, sizeof cut - 1);
  cut[sizeof cut - 1] = 0;
  pthread_setname_np(pthread_self(), cut);
}

// Never in a library that is loaded later, so its place can be known at link time.
static __thread uint32_t metric_shard __attribute__((tls_model("initial-exec")));

uint32_t sp_metric_shard(void) { return metric_shard; }

void sp_set_metric_shard(uint32_t shard) { metric_shard = shard; }
