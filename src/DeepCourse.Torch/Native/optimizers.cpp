// One native call per optimizer step and parameter group.
//
// Parameters whose values, gradient and state lie in memory in the same order, as float32 or float64 on the CPU, are
// updated in one pass, all of them in one parallel region split by elements. The others go through step_lists.
#include "optimizers.h"

#include "optimizer_rules.h"

#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <cmath>

namespace deepcourse {
namespace {

constexpr int64_t elements_per_task = 32768;

struct Work {
    void* arrays[5];  // parameter, gradient, first, second, third
    int64_t begin, end;
    Terms terms;
    bool single;
};

bool same_order(const at::Tensor& tensor, const at::Tensor& parameter) {
    return tensor.sizes() == parameter.sizes() && tensor.strides() == parameter.strides() &&
           tensor.scalar_type() == parameter.scalar_type() && tensor.device() == parameter.device();
}

bool plain(const at::Tensor& tensor) {
    const auto type = tensor.scalar_type();
    return tensor.device().is_cpu() && tensor.layout() == at::kStrided && (type == at::kFloat || type == at::kDouble) &&
           tensor.is_non_overlapping_and_dense();
}

// The scalars that depend on how many steps this parameter has seen (count is already the new one).
Terms advance(const Rule& rule, Slot& slot) {
    Terms terms;
    const double count = static_cast<double>(++slot.step);
    switch (rule.algorithm) {
        case Algorithm::Adam: {
            const double correction1 = 1 - std::pow(rule.alpha, count);
            const double correction2 = 1 - std::pow(rule.beta, count);
            terms.a = rule.rate / correction1;
            terms.b = std::sqrt(correction2);
            break;
        }
        case Algorithm::Adagrad:
            terms.a = rule.rate / (1 + (count - 1) * rule.alpha);
            break;
        case Algorithm::Adamax:
            terms.a = rule.rate / (1 - std::pow(rule.alpha, count));
            break;
        case Algorithm::Nadam: {
            const double now = rule.alpha * (1 - 0.5 * std::pow(0.96, count * rule.gamma));
            const double next = rule.alpha * (1 - 0.5 * std::pow(0.96, (count + 1) * rule.gamma));
            slot.number *= now;
            terms.a = rule.rate * (1 - now) / (1 - slot.number);
            terms.b = rule.rate * next / (1 - slot.number * next);
            terms.c = 1 - std::pow(rule.beta, count);
            break;
        }
        case Algorithm::Radam: {
            const double power = std::pow(rule.beta, count);
            const double limit = 2 / (1 - rule.beta) - 1;
            const double length = limit - 2 * count * power / (1 - power);
            terms.a = 1 - std::pow(rule.alpha, count);
            terms.b = std::sqrt(1 - power);
            terms.rectified = length > 5;
            terms.c = terms.rectified ? std::sqrt((length - 4) * (length - 2) * limit /
                                                  ((limit - 4) * (limit - 2) * length))
                                      : 1;
            break;
        }
        case Algorithm::Asgd:
            terms.a = slot.number;
            terms.b = slot.other;
            slot.number = rule.rate / std::pow(1 + rule.alpha * rule.rate * count, rule.beta);
            slot.other = 1 / std::max(1.0, count - rule.gamma);
            break;
        default:
            break;
    }
    return terms;
}

template <typename T>
void run(const Rule& r, const Work& work, int64_t from, int64_t count) {
    const auto at = [&](int i) { return work.arrays[i] ? static_cast<T*>(work.arrays[i]) + from : nullptr; };
    const Arrays<T> arrays{at(0), at(1), at(2), at(3), at(4)};
    const Terms& t = work.terms;
    const T sign = r.maximize ? T(-1) : T(1), decay = T(r.decay), rate = T(r.rate), eps = T(r.eps);
    const T alpha = T(r.alpha), beta = T(r.beta), rest_alpha = T(1 - r.alpha), rest_beta = T(1 - r.beta);
    const T a = T(t.a), b = T(t.b), c = T(t.c);
    switch (r.algorithm) {
        case Algorithm::Sgd:
            return sgd_rule(arrays, count,
                            {rate, alpha, rest_beta, decay, sign, r.alpha != 0, r.nesterov != 0, t.first});
        case Algorithm::Adam: {
            const T shrink = r.decoupled ? T(1 - r.rate * r.decay) : T(1);
            const T penalty = r.decoupled ? T(0) : decay;
            return adam_rule(arrays, count,
                             {shrink, penalty, sign, alpha, rest_alpha, beta, rest_beta, a, T(1 / t.b), eps, r.amsgrad != 0});
        }
        case Algorithm::RmsProp:
            return rmsprop_rule(arrays, count,
                                {rate, alpha, rest_alpha, eps, decay, sign, beta, r.centered != 0, r.beta != 0});
        case Algorithm::Adagrad:
            return adagrad_rule(arrays, count, {a, eps, decay});
        case Algorithm::Adadelta:
            return adadelta_rule(arrays, count, {rate, alpha, rest_alpha, eps, decay, sign});
        case Algorithm::Adamax:
            return adamax_rule(arrays, count, {a, alpha, rest_alpha, beta, eps, decay});
        case Algorithm::Nadam:
            return nadam_rule(arrays, count, {alpha, rest_alpha, beta, rest_beta, c, eps, decay, a, b});
        case Algorithm::Radam:
            return radam_rule(arrays, count,
                              {alpha, rest_alpha, beta, rest_beta, a, b, eps, decay, rate, c, t.rectified});
        case Algorithm::Asgd:
            return asgd_rule(arrays, count, {T(1 - r.alpha * t.a), a, b, decay, sign, t.b != 1});
        case Algorithm::Rprop:
            return rprop_rule(arrays, count, {alpha, beta, eps, T(r.gamma), sign});
    }
}

void run_all(const Rule& rule, const std::vector<Work>& works) {
    if (works.empty()) return;
    at::parallel_for(0, works.back().end, elements_per_task, [&](int64_t begin, int64_t end) {
        auto work = std::upper_bound(works.begin(), works.end(), begin,
                                     [](int64_t position, const Work& item) { return position < item.end; });
        for (; begin < end; ++work) {
            const int64_t stop = std::min(end, work->end);
            if (work->single) run<float>(rule, *work, begin - work->begin, stop - begin);
            else run<double>(rule, *work, begin - work->begin, stop - begin);
            begin = stop;
        }
    });
}

void check(const Rule& rule, const at::Tensor& gradient) {
    TORCH_CHECK(gradient.layout() == at::kStrided || (rule.algorithm == Algorithm::Sgd && rule.alpha == 0),
                "The optimizer does not support sparse gradients");
}

// Makes the state that these options need and the parameter lacks: momentum may be switched on at any step.
void complete(const Rule& rule, Slot& slot, Terms& terms) {
    const auto make = [&](TensorHandle& state) {
        if (!state) state = new at::Tensor(at::zeros_like(*slot.parameter));
    };
    if (rule.algorithm == Algorithm::Sgd && rule.alpha != 0) {
        terms.first = !slot.first;
        make(slot.first);
    } else if (rule.algorithm == Algorithm::Adam && rule.amsgrad) {
        make(slot.third);
    } else if (rule.algorithm == Algorithm::RmsProp) {
        if (rule.centered) make(slot.second);
        if (rule.beta != 0) make(slot.third);
    }
}

void step(const Rule& rule, Slot* slots, int64_t count) {
    const at::NoGradGuard no_grad;
    std::vector<Work> works;
    works.reserve(static_cast<size_t>(count));
    std::vector<at::Tensor> kept;  // gradients that had to be copied into their parameter's memory order
    Lists lists;
    int64_t total = 0;
    for (int64_t i = 0; i < count; i++) {
        Slot& slot = slots[i];
        const at::Tensor& parameter = *slot.parameter;
        const at::Tensor& gradient = parameter.grad();
        if (!gradient.defined()) continue;
        check(rule, gradient);
        Terms terms = advance(rule, slot);
        complete(rule, slot, terms);
        const TensorHandle states[] = {slot.first, slot.second, slot.third};
        bool fused = plain(parameter) && gradient.layout() == at::kStrided;
        for (const auto state : states) fused = fused && (!state || same_order(*state, parameter));
        if (!fused) {
            lists.parameters.push_back(parameter);
            lists.gradients.push_back(gradient);
            // Empty places keep the lists aligned when options changed between steps.
            lists.first.push_back(tensor_or_undefined(slot.first));
            lists.second.push_back(tensor_or_undefined(slot.second));
            lists.third.push_back(tensor_or_undefined(slot.third));
            lists.terms.push_back(terms);
            continue;
        }
        const int64_t size = parameter.numel();
        if (size == 0) continue;
        const at::Tensor* source = &gradient;
        if (!same_order(gradient, parameter)) {
            kept.push_back(at::empty_like(parameter).copy_(gradient));
            source = &kept.back();
        }
        Work work{{parameter.data_ptr(), source->data_ptr()}, total, total + size, terms,
                  parameter.scalar_type() == at::kFloat};
        for (int s = 0; s < 3; s++)
            if (states[s]) work.arrays[2 + s] = states[s]->data_ptr();
        total += size;
        works.push_back(work);
        parameter.unsafeGetTensorImpl()->bump_version();
    }
    run_all(rule, works);
    if (!lists.parameters.empty()) step_lists(rule, lists);
}

}  // namespace
}  // namespace deepcourse

DCT_EXPORT int dct_optimizer_step(const deepcourse::Rule* rule, deepcourse::Slot* slots, int64_t count) {
    DCT_TRY
    deepcourse::step(*rule, slots, count);
    DCT_CATCH
}

// Lets go of the gradients, so that the next backward pass writes new ones instead of adding to zeros.
DCT_EXPORT int dct_clear_gradients(const TensorHandle* tensors, int64_t count) {
    DCT_TRY
    for (int64_t i = 0; i < count; i++) tensors[i]->mutable_grad() = at::Tensor();
    DCT_CATCH
}
