// The gradients of many parameters at once: their norm, clipping, and the unscaling of mixed precision.
#include "shim.h"

#include "optimizer_rules.h"

#include <ATen/Functions.h>
#include <ATen/Parallel.h>
#include <ATen/core/grad_mode.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <utility>
#include <vector>

namespace {

constexpr int64_t elements_per_task = 65536;

bool plain(const at::Tensor& tensor) {
    const auto type = tensor.scalar_type();
    return tensor.layout() == at::kStrided && tensor.device().is_cpu() && (type == at::kFloat || type == at::kDouble) &&
           tensor.is_non_overlapping_and_dense();
}

std::vector<at::Tensor> gradients_of(const TensorHandle* parameters, int64_t count) {
    std::vector<at::Tensor> result;
    for (int64_t i = 0; i < count; i++) {
        const auto& gradient = parameters[i]->grad();
        if (!gradient.defined() || gradient.numel() == 0) continue;
        result.push_back(gradient.layout() == at::kSparse ? gradient._values() : gradient);
    }
    return result;
}

template <typename T>
double measure(const at::Tensor& tensor, bool largest) {
    const T* data = static_cast<const T*>(tensor.data_ptr());
    const auto part = [=](int64_t begin, int64_t end) {
        return largest ? deepcourse::largest_magnitude(data + begin, end - begin)
                       : deepcourse::sum_of_squares(data + begin, end - begin);
    };
    const auto join = [=](double left, double right) {
        if (!largest) return left + right;
        return std::isnan(left) || right < left ? left : right;
    };
    // Fixed pieces: the sum, and so a run of training, must not depend on the number of threads.
    const int64_t pieces = (tensor.numel() + elements_per_task - 1) / elements_per_task;
    std::vector<double> parts(static_cast<size_t>(pieces));
    at::parallel_for(0, pieces, 1, [&](int64_t begin, int64_t end) {
        for (int64_t i = begin; i < end; i++)
            parts[i] = part(i * elements_per_task, std::min(tensor.numel(), (i + 1) * elements_per_task));
    });
    double total = 0;
    for (const double value : parts) total = join(total, value);
    return total;
}

double norm_of(const std::vector<at::Tensor>& gradients, double order) {
    const bool largest = std::isinf(order);
    const bool fused = largest || order == 2;
    double total = 0;
    std::vector<at::Tensor> others;
    for (const auto& gradient : gradients) {
        if (!fused || !plain(gradient)) {
            others.push_back(gradient);
            continue;
        }
        const double value = gradient.scalar_type() == at::kFloat ? measure<float>(gradient, largest)
                                                                  : measure<double>(gradient, largest);
        total = largest ? (std::isnan(value) || value > total ? value : total) : total + value;
    }
    if (others.empty()) return largest ? total : std::sqrt(total);
    // One number per tensor, brought together on one device, read once.
    auto norms = at::_foreach_norm(others, order);
    for (auto& norm : norms) norm = norm.to(norms[0].device(), at::kFloat);
    const double rest = at::norm(at::stack(norms), order).item<double>();
    if (largest) return std::isnan(rest) || rest > total ? rest : total;
    return fused ? std::sqrt(total + rest * rest) : rest;
}

void scale(const std::vector<at::Tensor>& gradients, double factor) {
    std::vector<at::Tensor> others;
    for (const auto& gradient : gradients) {
        if (!plain(gradient)) {
            others.push_back(gradient);
            continue;
        }
        at::parallel_for(0, gradient.numel(), elements_per_task, [&](int64_t begin, int64_t end) {
            if (gradient.scalar_type() == at::kFloat)
                deepcourse::scale_and_check(static_cast<float*>(gradient.data_ptr()) + begin, end - begin, float(factor));
            else
                deepcourse::scale_and_check(static_cast<double*>(gradient.data_ptr()) + begin, end - begin, factor);
        });
        gradient.unsafeGetTensorImpl()->bump_version();
    }
    if (!others.empty()) at::_foreach_mul_(others, factor);
}

bool unscale_plain(const at::Tensor& gradient, double factor) {
    std::atomic<bool> bad{false};
    at::parallel_for(0, gradient.numel(), elements_per_task, [&](int64_t begin, int64_t end) {
        const bool found =
            gradient.scalar_type() == at::kFloat
                ? deepcourse::scale_and_check(static_cast<float*>(gradient.data_ptr()) + begin, end - begin, float(factor))
                : deepcourse::scale_and_check(static_cast<double*>(gradient.data_ptr()) + begin, end - begin, factor);
        if (found) bad = true;
    });
    gradient.unsafeGetTensorImpl()->bump_version();
    return bad;
}

}  // namespace

// The norm of all gradients taken as one vector; order may be infinite.
DCT_EXPORT int dct_gradient_norm(const TensorHandle* parameters, int64_t count, double order, double* norm) {
    DCT_TRY
    const at::NoGradGuard no_grad;
    *norm = norm_of(gradients_of(parameters, count), order);
    DCT_CATCH
}

// Scales all gradients so that their norm is at most limit, and tells what it was.
DCT_EXPORT int dct_clip_gradients(const TensorHandle* parameters, int64_t count, double limit, double order, double* norm) {
    DCT_TRY
    const at::NoGradGuard no_grad;
    const auto gradients = gradients_of(parameters, count);
    *norm = norm_of(gradients, order);
    const double factor = limit / (*norm + 1e-6);
    if (!(factor >= 1)) scale(gradients, factor);
    DCT_CATCH
}

// Multiplies all gradients by factor; found tells whether one of them was not finite.
DCT_EXPORT int dct_unscale_gradients(const TensorHandle* parameters, int64_t count, double factor, int32_t* found) {
    DCT_TRY
    const at::NoGradGuard no_grad;
    *found = 0;
    std::map<std::pair<int, int>, std::vector<at::Tensor>> accelerated;  // by device and type
    for (const auto& gradient : gradients_of(parameters, count)) {
        if (plain(gradient)) {
            if (unscale_plain(gradient, factor)) *found = 1;
        } else if (gradient.is_cuda()) {
            accelerated[{gradient.get_device(), static_cast<int>(gradient.scalar_type())}].push_back(gradient);
        } else {
            if (!at::isfinite(gradient).all().item<bool>()) *found = 1;
            const_cast<at::Tensor&>(gradient).mul_(factor);
        }
    }
    for (auto& entry : accelerated) {
        const auto options = entry.second[0].options().dtype(at::kFloat);
        auto bad = at::zeros({1}, options);
        at::_amp_foreach_non_finite_check_and_unscale_(entry.second, bad, at::full({1}, factor, options));
        if (bad.item<float>() != 0) *found = 1;
    }
    DCT_CATCH
}
