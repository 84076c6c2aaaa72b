// Groups of processes: the store by which they find each other, and sums, copies and collections over all of them.
#include "c10d.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <vector>

#ifdef DCT_C10D
#include <torch/csrc/distributed/c10d/PrefixStore.hpp>
#include <torch/csrc/distributed/c10d/TCPStore.hpp>
#endif

namespace deepcourse {

void no_c10d() {
    throw std::runtime_error(
        "DeepCourse's shim was built without c10d: the libtorch it was compiled against was built without the part "
        "that lets processes work together.");
}

#ifdef DCT_C10D

bool wait_for(const Group& group, const c10::intrusive_ptr<c10d::Work>& work, int64_t milliseconds) {
    if (group.on_cuda) {
        work->wait();
        return true;
    }
    try {
        work->wait(Milliseconds(std::max<int64_t>(milliseconds, 1)));
        return true;
    } catch (...) {
        // A wait that ran out of time ends with an exception too. The work may have ended since.
        if (!work->isCompleted()) return false;
        work->wait();
        return true;
    }
}

#endif

}  // namespace deepcourse

namespace {

#ifdef DCT_C10D

using namespace deepcourse;

struct PendingWork {
    c10::intrusive_ptr<c10d::Work> work;
    // c10d keeps references to what it is given, not copies, until it is done.
    std::vector<at::Tensor> tensors;
    std::vector<std::vector<at::Tensor>> lists;
    Group group;
};

const Store& store_of(void* handle) { return *static_cast<Store*>(handle); }
const Group& group_of(void* handle) { return *static_cast<Group*>(handle); }

std::unique_ptr<PendingWork> pending(void* group, TensorHandle tensor) {
    auto work = std::make_unique<PendingWork>();
    work->group = group_of(group);
    work->tensors = {*tensor};
    return work;
}

// Versions since 2.2 may keep the store by libuv, and ask for it by default even where they were built without. Both kinds
// speak the same protocol.
template <class Options>
auto without_libuv(Options& options, int) -> decltype(options.useLibUV = false, void()) {
    options.useLibUV = false;
}

template <class Options>
void without_libuv(Options&, long) {}

void open_store(const char* host, int32_t port, int32_t serves, int64_t milliseconds, void** store) {
    c10d::TCPStoreOptions options;
    options.port = static_cast<uint16_t>(port);
    options.isServer = serves != 0;
    options.waitWorkers = false;
    without_libuv(options, 0);
    options.timeout = Milliseconds(milliseconds);
    *store = new Store(c10::make_intrusive<c10d::TCPStore>(std::string(host), options));
}

void get(void* store, const char* key, uint8_t* text, int64_t capacity, int64_t* length) {
    const auto value = store_of(store)->get(key);
    *length = static_cast<int64_t>(value.size());
    if (text) std::memcpy(text, value.data(), std::min<size_t>(value.size(), static_cast<size_t>(capacity)));
}

void make_group(void* store, const char* prefix, int32_t nccl, int32_t rank, int32_t size, int64_t milliseconds,
                const char* host, void** group) {
    const Store named = c10::make_intrusive<c10d::PrefixStore>(std::string(prefix), store_of(store));
    const Milliseconds timeout(milliseconds);
    auto backend = nccl ? make_nccl(named, rank, size, timeout) : make_gloo(named, rank, size, timeout, host);
    *group = new Group{std::move(backend), rank, size, nccl != 0};
}

void all_reduce(void* group, TensorHandle tensor, int32_t largest, void** result) {
    auto work = pending(group, tensor);
    c10d::AllreduceOptions options;
    options.reduceOp = largest ? c10d::ReduceOp::MAX : c10d::ReduceOp::SUM;
    work->work = work->group.backend->allreduce(work->tensors, options);
    *result = work.release();
}

void broadcast(void* group, TensorHandle tensor, int32_t from, void** result) {
    auto work = pending(group, tensor);
    c10d::BroadcastOptions options;
    options.rootRank = from;
    work->work = work->group.backend->broadcast(work->tensors, options);
    *result = work.release();
}

void all_gather(void* group, TensorHandle tensor, const TensorHandle* outputs, void** result) {
    auto work = pending(group, tensor);
    work->lists.emplace_back();
    for (int i = 0; i < work->group.size; i++) work->lists[0].push_back(*outputs[i]);
    work->work = work->group.backend->allgather(work->lists, work->tensors);
    *result = work.release();
}

#endif

}  // namespace

// 1: Gloo, 2: NCCL, added up.
DCT_EXPORT int32_t dct_c10d_backends() {
    return (deepcourse::built_with_gloo() ? 1 : 0) | (deepcourse::built_with_nccl() ? 2 : 0);
}

// Handles of stores are intrusive pointers on the heap. One handle serves one thread at a time.
DCT_EXPORT int dct_store_open([[maybe_unused]] const char* host, [[maybe_unused]] int32_t port,
                              [[maybe_unused]] int32_t serves, [[maybe_unused]] int64_t milliseconds,
                              [[maybe_unused]] void** store) {
    DCT_TRY
    DCT_WITH_C10D(open_store(host, port, serves, milliseconds, store));
    DCT_CATCH
}

DCT_EXPORT int dct_store_free([[maybe_unused]] void* store) {
    DCT_TRY
    DCT_WITH_C10D(delete static_cast<Store*>(store));
    DCT_CATCH
}

DCT_EXPORT int dct_store_set([[maybe_unused]] void* store, [[maybe_unused]] const char* key,
                             [[maybe_unused]] const uint8_t* text, [[maybe_unused]] int64_t length) {
    DCT_TRY
    DCT_WITH_C10D(store_of(store)->set(key, std::vector<uint8_t>(text, text + length)));
    DCT_CATCH
}

// Waits for the key, as long as the store was opened to be patient. text may be null to ask for the length.
DCT_EXPORT int dct_store_get([[maybe_unused]] void* store, [[maybe_unused]] const char* key,
                             [[maybe_unused]] uint8_t* text, [[maybe_unused]] int64_t capacity,
                             [[maybe_unused]] int64_t* length) {
    DCT_TRY
    DCT_WITH_C10D(get(store, key, text, capacity, length));
    DCT_CATCH
}

DCT_EXPORT int dct_store_check([[maybe_unused]] void* store, [[maybe_unused]] const char* key,
                               [[maybe_unused]] int32_t* found) {
    DCT_TRY
    DCT_WITH_C10D(*found = store_of(store)->check({key}) ? 1 : 0);
    DCT_CATCH
}

DCT_EXPORT int dct_store_add([[maybe_unused]] void* store, [[maybe_unused]] const char* key,
                             [[maybe_unused]] int64_t amount, [[maybe_unused]] int64_t* result) {
    DCT_TRY
    DCT_WITH_C10D(*result = store_of(store)->add(key, amount));
    DCT_CATCH
}

DCT_EXPORT int dct_group_new([[maybe_unused]] void* store, [[maybe_unused]] const char* prefix,
                             [[maybe_unused]] int32_t nccl, [[maybe_unused]] int32_t rank,
                             [[maybe_unused]] int32_t size, [[maybe_unused]] int64_t milliseconds,
                             [[maybe_unused]] const char* host, [[maybe_unused]] void** group) {
    DCT_TRY
    DCT_WITH_C10D(make_group(store, prefix, nccl, rank, size, milliseconds, host, group));
    DCT_CATCH
}

DCT_EXPORT int dct_group_free([[maybe_unused]] void* group) {
    DCT_TRY
    DCT_WITH_C10D(delete static_cast<Group*>(group));
    DCT_CATCH
}

// In place; all processes must ask for the same things in the same order.
DCT_EXPORT int dct_group_all_reduce([[maybe_unused]] void* group, [[maybe_unused]] TensorHandle tensor,
                                    [[maybe_unused]] int32_t largest, [[maybe_unused]] void** work) {
    DCT_TRY
    DCT_WITH_C10D(all_reduce(group, tensor, largest, work));
    DCT_CATCH
}

DCT_EXPORT int dct_group_broadcast([[maybe_unused]] void* group, [[maybe_unused]] TensorHandle tensor,
                                   [[maybe_unused]] int32_t from, [[maybe_unused]] void** work) {
    DCT_TRY
    DCT_WITH_C10D(broadcast(group, tensor, from, work));
    DCT_CATCH
}

// outputs: as many tensors of the given one's shape as there are processes.
DCT_EXPORT int dct_group_all_gather([[maybe_unused]] void* group, [[maybe_unused]] TensorHandle tensor,
                                    [[maybe_unused]] const TensorHandle* outputs, [[maybe_unused]] void** work) {
    DCT_TRY
    DCT_WITH_C10D(all_gather(group, tensor, outputs, work));
    DCT_CATCH
}

DCT_EXPORT int dct_work_wait([[maybe_unused]] void* work, [[maybe_unused]] int64_t milliseconds,
                             [[maybe_unused]] int32_t* done) {
    DCT_TRY
    DCT_WITH_C10D(*done = wait_for(static_cast<PendingWork*>(work)->group, static_cast<PendingWork*>(work)->work,
                                   milliseconds) ? 1 : 0);
    DCT_CATCH
}

DCT_EXPORT int dct_work_free([[maybe_unused]] void* work) {
    DCT_TRY
    DCT_WITH_C10D(delete static_cast<PendingWork*>(work));
    DCT_CATCH
}
