// The update rules as operations over whole lists of tensors: any device, type and layout. On CUDA each line is one
// kernel launch for the list, not one per parameter.
#include "optimizers.h"

#include <ATen/Functions.h>

namespace deepcourse {
namespace {

using Tensors = std::vector<at::Tensor>;

template <typename Pick>
std::vector<at::Scalar> scalars(const Lists& lists, Pick pick) {
    std::vector<at::Scalar> result;
    result.reserve(lists.terms.size());
    for (const auto& terms : lists.terms) result.emplace_back(double(pick(terms)));
    return result;
}

// Gradients with the sign of the objective and the L2 penalty; the originals stay as they are.
Tensors penalised(const Rule& rule, const Lists& lists) {
    auto gradients = rule.maximize ? at::_foreach_neg(lists.gradients) : lists.gradients;
    const bool penalty = rule.decay != 0 && !rule.decoupled && rule.algorithm != Algorithm::Rprop;
    return penalty ? at::_foreach_add(gradients, lists.parameters, rule.decay) : gradients;
}

void average(Tensors& state, const Tensors& gradients, double keep) {
    at::_foreach_mul_(state, keep);
    at::_foreach_add_(state, gradients, 1 - keep);
}

void average_squares(Tensors& state, const Tensors& gradients, double keep) {
    at::_foreach_mul_(state, keep);
    at::_foreach_addcmul_(state, gradients, gradients, 1 - keep);
}

void sgd(const Rule& rule, Lists& lists) {
    auto updates = penalised(rule, lists);
    if (rule.alpha != 0) {
        for (size_t i = 0; i < updates.size(); i++) {
            if (lists.terms[i].first) lists.first[i].copy_(updates[i]);
            else lists.first[i].mul_(rule.alpha).add_(updates[i], 1 - rule.beta);
        }
        updates = rule.nesterov ? at::_foreach_add(updates, lists.first, rule.alpha) : lists.first;
    }
    for (const auto& update : updates) {
        if (update.layout() != at::kStrided) {
            for (size_t i = 0; i < updates.size(); i++) lists.parameters[i].add_(updates[i], -rule.rate);
            return;
        }
    }
    at::_foreach_add_(lists.parameters, updates, -rule.rate);
}

void adam(const Rule& rule, Lists& lists) {
    const auto gradients = penalised(rule, lists);
    if (rule.decoupled) at::_foreach_mul_(lists.parameters, 1 - rule.rate * rule.decay);
    average(lists.first, gradients, rule.alpha);
    average_squares(lists.second, gradients, rule.beta);
    if (rule.amsgrad)
        for (size_t i = 0; i < lists.third.size(); i++) at::maximum_out(lists.third[i], lists.third[i], lists.second[i]);
    auto denominators = at::_foreach_sqrt(rule.amsgrad ? lists.third : lists.second);
    at::_foreach_div_(denominators, scalars(lists, [](const Terms& t) { return t.b; }));
    at::_foreach_add_(denominators, rule.eps);
    at::_foreach_addcdiv_(lists.parameters, lists.first, denominators, scalars(lists, [](const Terms& t) { return -t.a; }));
}

void rmsprop(const Rule& rule, Lists& lists) {
    const auto gradients = penalised(rule, lists);
    average_squares(lists.first, gradients, rule.alpha);
    Tensors denominators;
    if (rule.centered) {
        average(lists.second, gradients, rule.alpha);
        denominators = at::_foreach_addcmul(lists.first, lists.second, lists.second, -1);
        at::_foreach_sqrt_(denominators);
    } else {
        denominators = at::_foreach_sqrt(lists.first);
    }
    at::_foreach_add_(denominators, rule.eps);
    if (rule.beta == 0) {
        at::_foreach_addcdiv_(lists.parameters, gradients, denominators, -rule.rate);
        return;
    }
    at::_foreach_mul_(lists.third, rule.beta);
    at::_foreach_addcdiv_(lists.third, gradients, denominators, 1);
    at::_foreach_add_(lists.parameters, lists.third, -rule.rate);
}

void adagrad(const Rule& rule, Lists& lists) {
    const auto gradients = penalised(rule, lists);
    at::_foreach_addcmul_(lists.first, gradients, gradients, 1);
    auto denominators = at::_foreach_sqrt(lists.first);
    at::_foreach_add_(denominators, rule.eps);
    at::_foreach_addcdiv_(lists.parameters, gradients, denominators, scalars(lists, [](const Terms& t) { return -t.a; }));
}

void adadelta(const Rule& rule, Lists& lists) {
    const auto gradients = penalised(rule, lists);
    average_squares(lists.first, gradients, rule.alpha);
    auto deviations = at::_foreach_add(lists.first, rule.eps);
    at::_foreach_sqrt_(deviations);
    auto deltas = at::_foreach_add(lists.second, rule.eps);
    at::_foreach_sqrt_(deltas);
    at::_foreach_div_(deltas, deviations);
    at::_foreach_mul_(deltas, gradients);
    at::_foreach_add_(lists.parameters, deltas, -rule.rate);
    average_squares(lists.second, deltas, rule.alpha);
}

void adamax(const Rule& rule, Lists& lists) {
    const auto gradients = penalised(rule, lists);
    average(lists.first, gradients, rule.alpha);
    at::_foreach_mul_(lists.second, rule.beta);
    auto magnitudes = at::_foreach_abs(gradients);
    at::_foreach_add_(magnitudes, rule.eps);
    for (size_t i = 0; i < magnitudes.size(); i++) at::maximum_out(lists.second[i], lists.second[i], magnitudes[i]);
    at::_foreach_addcdiv_(lists.parameters, lists.first, lists.second, scalars(lists, [](const Terms& t) { return -t.a; }));
}

void nadam(const Rule& rule, Lists& lists) {
    const auto gradients = penalised(rule, lists);
    average(lists.first, gradients, rule.alpha);
    average_squares(lists.second, gradients, rule.beta);
    auto denominators = at::_foreach_div(lists.second, scalars(lists, [](const Terms& t) { return t.c; }));
    at::_foreach_sqrt_(denominators);
    at::_foreach_add_(denominators, rule.eps);
    at::_foreach_addcdiv_(lists.parameters, gradients, denominators, scalars(lists, [](const Terms& t) { return -t.a; }));
    at::_foreach_addcdiv_(lists.parameters, lists.first, denominators, scalars(lists, [](const Terms& t) { return -t.b; }));
}

void radam(const Rule& rule, Lists& lists) {
    const auto gradients = penalised(rule, lists);
    average(lists.first, gradients, rule.alpha);
    average_squares(lists.second, gradients, rule.beta);
    for (size_t i = 0; i < gradients.size(); i++) {
        const Terms& terms = lists.terms[i];
        auto update = lists.first[i] / terms.a;
        if (terms.rectified) update = update * (terms.b * terms.c) / (lists.second[i].sqrt() + rule.eps);
        lists.parameters[i].sub_(update, rule.rate);
    }
}

void asgd(const Rule& rule, Lists& lists) {
    const auto gradients = penalised(rule, lists);
    for (size_t i = 0; i < gradients.size(); i++) {
        const Terms& terms = lists.terms[i];
        auto& parameter = lists.parameters[i];
        parameter.mul_(1 - rule.alpha * terms.a).add_(gradients[i], -terms.a);
        if (terms.b != 1) lists.first[i].add_(parameter - lists.first[i], terms.b);
        else lists.first[i].copy_(parameter);
    }
}

void rprop(const Rule& rule, Lists& lists) {
    const auto gradients = penalised(rule, lists);
    for (size_t i = 0; i < gradients.size(); i++) {
        const auto agreement = gradients[i] * lists.first[i];
        const auto factor = at::where(agreement.gt(0), at::full_like(agreement, rule.beta),
                                      at::where(agreement.lt(0), at::full_like(agreement, rule.alpha), at::ones_like(agreement)));
        lists.second[i].mul_(factor).clamp_(rule.eps, rule.gamma);
        const auto kept = gradients[i].masked_fill(agreement.lt(0), 0);
        lists.parameters[i].addcmul_(kept.sign(), lists.second[i], -1);
        lists.first[i].copy_(kept);
    }
}

}  // namespace

void step_lists(const Rule& rule, Lists& lists) {
    switch (rule.algorithm) {
        case Algorithm::Sgd: return sgd(rule, lists);
        case Algorithm::Adam: return adam(rule, lists);
        case Algorithm::RmsProp: return rmsprop(rule, lists);
        case Algorithm::Adagrad: return adagrad(rule, lists);
        case Algorithm::Adadelta: return adadelta(rule, lists);
        case Algorithm::Adamax: return adamax(rule, lists);
        case Algorithm::Nadam: return nadam(rule, lists);
        case Algorithm::Radam: return radam(rule, lists);
        case Algorithm::Asgd: return asgd(rule, lists);
        case Algorithm::Rprop: return rprop(rule, lists);
    }
}

}  // namespace deepcourse
