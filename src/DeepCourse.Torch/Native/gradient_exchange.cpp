// Adds up the gradients of several processes while backward is still computing: gradients are gathered in buckets, and
// a bucket is sent on its way as soon as its last gradient is there.
#include "c10d.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>
#include <vector>

#ifdef DCT_C10D

#include <ATen/core/grad_mode.h>

namespace {

using deepcourse::Group;

struct Slot {
    at::Tensor parameter;
    at::Tensor sum;  // in the bucket, with the parameter's strides: it becomes the gradient
    size_t bucket;
    size_t place;
    bool arrived;
};

// Behind the gradients lies a mark for each of them, so that all learn which ones nobody had; in the last bucket
// follows one more element, the number of processes that wish for something.
struct Bucket {
    at::Tensor flat;
    at::Tensor marks;
    std::vector<size_t> slots;
    std::vector<float> present;
    size_t open;
    c10::intrusive_ptr<c10d::Work> work;
};

class Exchange {
public:
    Exchange(const Group& group, std::vector<at::Tensor> parameters, int64_t bytes) : group_(group) {
        // Backward comes to the last layers first. A small bucket first: the sooner something is on its way, the better.
        std::reverse(parameters.begin(), parameters.end());
        int64_t limit = std::min<int64_t>(bytes, 1 << 20);
        std::vector<size_t> chosen;
        int64_t filled = 0;
        const auto close = [&](size_t end) {
            if (chosen.empty()) return;
            make_bucket(parameters, chosen, end == parameters.size());
            chosen.clear();
            filled = 0;
            limit = bytes;
        };
        for (size_t i = 0; i < parameters.size(); i++) {
            const auto& parameter = parameters[i];
            const auto alike = [&](const at::Tensor& other) {
                return other.scalar_type() == parameter.scalar_type() && other.device() == parameter.device();
            };
            if (!chosen.empty() && (filled >= limit || !alike(parameters[chosen[0]]))) close(i);
            chosen.push_back(i);
            filled += parameter.numel() * parameter.element_size();
        }
        close(parameters.size());
    }

    void begin(bool wish) {
        const std::lock_guard<std::mutex> lock(mutex_);
        for (auto& slot : slots_) slot.arrived = false;
        for (auto& bucket : buckets_) {
            bucket.open = bucket.slots.size();
            bucket.work.reset();
            std::fill(bucket.present.begin(), bucket.present.end(), 0.f);
        }
        if (!buckets_.empty()) buckets_.back().present.back() = wish ? 1.f : 0.f;
        next_ = 0;
        active_ = true;
    }

    // On the thread that computes the gradient.
    void arrive(size_t index, const at::Tensor& gradient) {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (!active_) return;
        const at::NoGradGuard no_grad;
        auto& slot = slots_[index];
        TORCH_CHECK(!slot.arrived, "a gradient came twice in one backward pass");
        slot.sum.copy_(gradient.layout() == at::kSparse ? gradient.to_dense() : gradient);
        add_earlier(slot);
        mark(slot);
        if (--buckets_[slot.bucket].open == 0) send_complete();
    }

    // After backward: what no gradient came for is sent with what there was before, or with zeros.
    void finish() {
        const std::lock_guard<std::mutex> lock(mutex_);
        const at::NoGradGuard no_grad;
        active_ = false;
        for (auto& slot : slots_) {
            if (slot.arrived) continue;
            slot.sum.zero_();
            if (add_earlier(slot)) mark(slot);
        }
        for (auto& bucket : buckets_) bucket.open = 0;
        send_complete();
    }

    bool wait(int64_t milliseconds) {
        for (auto& bucket : buckets_) {
            if (!bucket.work) continue;
            if (!deepcourse::wait_for(group_, bucket.work, milliseconds)) return false;
            bucket.work.reset();
        }
        return true;
    }

    // Gives the sums to the parameters. A gradient that no process had stays none.
    void take() {
        const at::NoGradGuard no_grad;
        for (auto& bucket : buckets_) {
            // On a GPU marks are read only by who lacks a gradient: reading waits for the device.
            const bool whole = std::all_of(bucket.slots.begin(), bucket.slots.end(),
                                           [&](size_t slot) { return bucket.present[slots_[slot].place] != 0; });
            at::Tensor marks;
            if (!whole) marks = bucket.marks.to(at::kCPU, at::kFloat);
            for (const size_t index : bucket.slots) {
                auto& slot = slots_[index];
                const bool somewhere = whole || marks.data_ptr<float>()[slot.place] > 0;
                slot.parameter.mutable_grad() = somewhere ? slot.sum : at::Tensor();
            }
        }
    }

    // How many processes had a wish. Waits for the device.
    int64_t wishes() const {
        if (buckets_.empty()) return 0;
        return buckets_.back().marks[-1].to(at::kCPU, at::kFloat).item<float>() > 0.5f;
    }

private:
    void make_bucket(const std::vector<at::Tensor>& parameters, const std::vector<size_t>& chosen, bool last) {
        const at::NoGradGuard no_grad;
        Bucket bucket;
        int64_t length = 0;
        for (const size_t i : chosen) length += parameters[i].numel();
        const int64_t marks = static_cast<int64_t>(chosen.size()) + (last ? 1 : 0);
        bucket.flat = at::zeros({length + marks}, parameters[chosen[0]].options().requires_grad(false));
        bucket.marks = bucket.flat.narrow(0, length, marks);
        bucket.present.resize(static_cast<size_t>(marks));
        int64_t offset = 0;
        for (const size_t i : chosen) {
            const auto& parameter = parameters[i];
            auto sum = parameter.is_non_overlapping_and_dense()
                           ? bucket.flat.as_strided(parameter.sizes(), parameter.strides(), offset)
                           : bucket.flat.narrow(0, offset, parameter.numel()).view(parameter.sizes());
            bucket.slots.push_back(slots_.size());
            slots_.push_back({parameter, std::move(sum), buckets_.size(), bucket.slots.size() - 1, false});
            offset += parameter.numel();
        }
        bucket.open = bucket.slots.size();
        buckets_.push_back(std::move(bucket));
    }

    static bool add_earlier(Slot& slot) {
        const auto& earlier = slot.parameter.grad();
        if (!earlier.defined()) return false;
        slot.sum.add_(earlier);
        return true;
    }

    void mark(Slot& slot) {
        slot.arrived = true;
        buckets_[slot.bucket].present[slot.place] = 1.f;
    }

    // Strictly in order, since that is how the processes' calls are matched.
    void send_complete() {
        for (; next_ < buckets_.size() && buckets_[next_].open == 0; next_++) {
            auto& bucket = buckets_[next_];
            auto present = at::from_blob(bucket.present.data(), {static_cast<int64_t>(bucket.present.size())}, at::kFloat);
            // From pinned memory the copy waits for nothing, so that backward goes on.
            bucket.marks.copy_(group_.on_cuda ? present.pin_memory() : present, group_.on_cuda);
            std::vector<at::Tensor> tensors{bucket.flat};
            bucket.work = group_.backend->allreduce(tensors);
        }
    }

    const Group group_;
    std::mutex mutex_;
    std::vector<Slot> slots_;
    std::vector<Bucket> buckets_;
    size_t next_ = 0;
    bool active_ = false;
};

// What hooks hold: they stay in the graph of a parameter for good, the buckets shall not.
struct Registration {
    std::mutex mutex;
    std::shared_ptr<Exchange> exchange;

    std::shared_ptr<Exchange> get() {
        const std::lock_guard<std::mutex> lock(mutex);
        return exchange;
    }
};

using Handle = std::shared_ptr<Registration>;

Exchange& exchange_of(void* handle) { return *(*static_cast<Handle*>(handle))->exchange; }

void make(void* group, const TensorHandle* handles, int64_t count, int64_t bytes, void** result) {
    std::vector<at::Tensor> parameters;
    for (int64_t i = 0; i < count; i++) parameters.push_back(*handles[i]);
    auto registration = std::make_shared<Registration>();
    registration->exchange = std::make_shared<Exchange>(*static_cast<Group*>(group), parameters, bytes);
    for (size_t i = 0; i < parameters.size(); i++) {
        // The exchange has them from last to first.
        const size_t index = parameters.size() - 1 - i;
        parameters[i].register_hook([registration, index](const at::Tensor& gradient) {
            if (const auto exchange = registration->get()) exchange->arrive(index, gradient);
        });
    }
    *result = new Handle(std::move(registration));
}

void forget(void* handle) {
    std::unique_ptr<Handle> owned(static_cast<Handle*>(handle));
    const std::lock_guard<std::mutex> lock((*owned)->mutex);
    (*owned)->exchange.reset();
}

}  // namespace

#endif  // DCT_C10D

// For leaves that require gradients; bytes: the size from which on a bucket is full.
DCT_EXPORT int dct_exchange_new([[maybe_unused]] void* group, [[maybe_unused]] const TensorHandle* parameters,
                                [[maybe_unused]] int64_t count, [[maybe_unused]] int64_t bytes,
                                [[maybe_unused]] void** exchange) {
    DCT_TRY
    DCT_WITH_C10D(make(group, parameters, count, bytes, exchange));
    DCT_CATCH
}

DCT_EXPORT int dct_exchange_free([[maybe_unused]] void* exchange) {
    DCT_TRY
    DCT_WITH_C10D(forget(exchange));
    DCT_CATCH
}

// Before backward. wish: whether this process wants something that all shall hear of.
DCT_EXPORT int dct_exchange_begin([[maybe_unused]] void* exchange, [[maybe_unused]] int32_t wish) {
    DCT_TRY
    DCT_WITH_C10D(exchange_of(exchange).begin(wish != 0));
    DCT_CATCH
}

DCT_EXPORT int dct_exchange_finish([[maybe_unused]] void* exchange) {
    DCT_TRY
    DCT_WITH_C10D(exchange_of(exchange).finish());
    DCT_CATCH
}

DCT_EXPORT int dct_exchange_wait([[maybe_unused]] void* exchange, [[maybe_unused]] int64_t milliseconds,
                                 [[maybe_unused]] int32_t* done) {
    DCT_TRY
    DCT_WITH_C10D(*done = exchange_of(exchange).wait(milliseconds) ? 1 : 0);
    DCT_CATCH
}

DCT_EXPORT int dct_exchange_take([[maybe_unused]] void* exchange) {
    DCT_TRY
    DCT_WITH_C10D(exchange_of(exchange).take());
    DCT_CATCH
}

DCT_EXPORT int dct_exchange_wishes([[maybe_unused]] void* exchange, [[maybe_unused]] int64_t* wishes) {
    DCT_TRY
    DCT_WITH_C10D(*wishes = exchange_of(exchange).wishes());
    DCT_CATCH
}
