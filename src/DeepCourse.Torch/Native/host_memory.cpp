// Memory of tensors on the CPU. A step of a training asks for the same sizes as the step before; the C library gives
// large blocks back to the system and gets them anew, a page fault for every 4 kB. Here they are kept for the next
// tensor of about their size, as libtorch itself does on a GPU.
#include "shim.h"

#include <c10/core/Allocator.h>
#include <c10/core/CPUAllocator.h>

#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <mutex>

namespace {

constexpr size_t alignment = 64;         // of tensors, and what stands in front of them
constexpr size_t smallest_kept = 1 << 16;  // below, the C library is quick by itself
constexpr size_t huge_page = 1 << 21;
constexpr int bins_per_doubling = 8;     // a block is at most an eighth larger than asked for
constexpr int bin_count = 64 * bins_per_doubling;

// In front of every block. The links are in use while the block is kept.
struct alignas(alignment) Header {
    size_t bytes;  // with the header
    int64_t bin;   // -1: not for keeping
    Header *older, *newer;
    Header *below, *above;
};
static_assert(sizeof(Header) == alignment);

struct Size {
    size_t bytes;
    int64_t bin;
};

Size size_for(size_t wanted) {
    if (wanted < smallest_kept) return {wanted, -1};
    const int doubling = 63 - __builtin_clzll(wanted);
    const size_t unit = size_t{1} << (doubling - 3);
    const size_t units = (wanted + unit - 1) / unit;  // 8 to 16
    return {units * unit, doubling * bins_per_doubling + static_cast<int64_t>(units) - bins_per_doubling};
}

// An eighth of the memory that this process may use.
size_t default_limit() {
    size_t memory = static_cast<size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<size_t>(sysconf(_SC_PAGESIZE));
    size_t allowed = 0;
    if (std::ifstream file("/sys/fs/cgroup/memory.max"); file >> allowed && allowed > 0) memory = std::min(memory, allowed);
    return memory / 8;
}

size_t limit_of_environment() {
    const char* megabytes = std::getenv("DEEPCOURSE_KEPT_MEMORY");
    if (!megabytes || !*megabytes) return default_limit();
    char* end = nullptr;
    const auto number = std::strtoull(megabytes, &end, 10);
    if (*end == 0) return static_cast<size_t>(number) << 20;
    std::fprintf(stderr, "DEEPCOURSE_KEPT_MEMORY=%s is no number of megabytes and is not used.\n", megabytes);
    return default_limit();
}

class Kept {
public:
    Header* take(int64_t bin) {
        const std::lock_guard<std::mutex> guard(mutex);
        Header* block = bins[bin];
        if (block) unlink(block);
        return block;
    }

    // Keeps a block; the oldest ones go where that would be too much.
    void put(Header* block) {
        Header* surplus = nullptr;
        {
            const std::lock_guard<std::mutex> guard(mutex);
            link(block);
            while (bytes_kept > limit) surplus = chained(unlink(oldest), surplus);
        }
        release(surplus);
    }

    void clear() {
        Header* all = nullptr;
        {
            const std::lock_guard<std::mutex> guard(mutex);
            while (oldest) all = chained(unlink(oldest), all);
        }
        release(all);
    }

    size_t bytes() {
        const std::lock_guard<std::mutex> guard(mutex);
        return bytes_kept;
    }

private:
    static Header* chained(Header* block, Header* next) {
        block->below = next;
        return block;
    }

    static void release(Header* blocks) {
        while (blocks) {
            Header* next = blocks->below;
            std::free(blocks);
            blocks = next;
        }
    }

    void link(Header* block) {
        block->newer = nullptr;
        block->older = newest;
        (newest ? newest->newer : oldest) = block;
        newest = block;
        block->above = nullptr;
        block->below = bins[block->bin];
        if (block->below) block->below->above = block;
        bins[block->bin] = block;
        bytes_kept += block->bytes;
    }

    Header* unlink(Header* block) {
        (block->newer ? block->newer->older : newest) = block->older;
        (block->older ? block->older->newer : oldest) = block->newer;
        if (block->below) block->below->above = block->above;
        (block->above ? block->above->below : bins[block->bin]) = block->below;
        bytes_kept -= block->bytes;
        return block;
    }

    std::mutex mutex;
    Header* bins[bin_count] = {};
    Header *oldest = nullptr, *newest = nullptr;
    size_t bytes_kept = 0;
    const size_t limit = limit_of_environment();
};

// Never destroyed: tensors are freed while the process ends.
Kept& kept() {
    static Kept* const only = new Kept;
    return *only;
}

std::atomic<int64_t> in_use{0}, peak{0}, allocations{0};

void count(int64_t bytes) {
    const int64_t now = in_use.fetch_add(bytes, std::memory_order_relaxed) + bytes;
    allocations.fetch_add(1, std::memory_order_relaxed);
    for (int64_t most = peak.load(std::memory_order_relaxed); now > most && !peak.compare_exchange_weak(most, now, std::memory_order_relaxed);) {}
}

Header* from_system(const Size& size) {
    void* memory = nullptr;
    const size_t place = size.bytes >= huge_page ? huge_page : alignment;
    if (posix_memalign(&memory, place, size.bytes) != 0) return nullptr;
    // One fault for 2 MB where the system has such pages to give.
    if (place == huge_page) madvise(memory, size.bytes, MADV_HUGEPAGE);
    return static_cast<Header*>(memory);
}

void give_back(void* data) {
    if (!data) return;
    Header* block = static_cast<Header*>(data) - 1;
    in_use.fetch_sub(static_cast<int64_t>(block->bytes), std::memory_order_relaxed);
    if (block->bin < 0)
        std::free(block);
    else
        kept().put(block);
}

class HostAllocator final : public c10::Allocator {
public:
    c10::DataPtr allocate(size_t wanted) const { return allocated(wanted); }
    c10::DataPtr allocate(size_t wanted) { return allocated(wanted); }  // from libtorch 2.3 on
    c10::DeleterFnPtr raw_deleter() const override { return &give_back; }
    void copy_data(void* to, const void* from, size_t bytes) const { std::memcpy(to, from, bytes); }  // from 2.2 on

private:
    static c10::DataPtr allocated(size_t wanted) {
        if (wanted == 0) return {nullptr, nullptr, &give_back, c10::Device(c10::DeviceType::CPU)};
        TORCH_CHECK(wanted < (size_t{1} << 62), "can't allocate memory: ", wanted, " bytes were asked for");
        const Size size = size_for(wanted + sizeof(Header));
        Header* block = size.bin < 0 ? nullptr : kept().take(size.bin);
        if (!block) block = from_system(size);
        if (!block) {
            kept().clear();
            block = from_system(size);
        }
        TORCH_CHECK(block, "can't allocate memory: you tried to allocate ", wanted, " bytes on the CPU");
        block->bytes = size.bytes;
        block->bin = size.bin;
        count(static_cast<int64_t>(size.bytes));
        return {block + 1, block + 1, &give_back, c10::Device(c10::DeviceType::CPU)};
    }
};

struct HostMemory {
    int64_t in_use, peak, kept, allocations;
};

// Before the first tensor is made: libtorch doesn't lock the place where it looks its allocators up.
const bool installed = [] {
    const char* megabytes = std::getenv("DEEPCOURSE_KEPT_MEMORY");
    if (megabytes && std::strcmp(megabytes, "off") == 0) return false;
    c10::SetCPUAllocator(new HostAllocator, 1);
    return true;
}();

}  // namespace

DCT_EXPORT void dct_host_memory(HostMemory* state) {
    *state = {in_use.load(), peak.load(), installed ? static_cast<int64_t>(kept().bytes()) : 0, allocations.load()};
}

DCT_EXPORT void dct_host_reset_peak() { peak.store(in_use.load()); }

DCT_EXPORT void dct_host_empty_cache() {
    if (installed) kept().clear();
}
