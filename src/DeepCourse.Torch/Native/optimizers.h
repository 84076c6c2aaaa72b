// What the two halves of the optimizer step share: the fused half (optimizers.cpp), one pass over plain arrays, and
// the half made of whole-list tensor operations (optimizer_lists.cpp) for every other device, type and layout.
#pragma once

#include "shim.h"

#include <vector>

namespace deepcourse {

// One parameter and what its optimizer remembers of it. Mirrors TorchSharp.Interop.OptimizerSlot.
struct Slot {
    TensorHandle parameter;
    TensorHandle first, second, third;  // state tensors; SGD makes its first one here when it needs it
    int64_t step;                       // counted up by every step in which the parameter has a gradient
    double number, other;               // NAdam: product of the momenta; ASGD: eta and mu
};

enum class Algorithm : int32_t { Sgd, Adam, RmsProp, Adagrad, Adadelta, Adamax, Nadam, Radam, Asgd, Rprop };

// The options of a parameter group. Mirrors TorchSharp.Interop.OptimizerRule, which says what each number is.
struct Rule {
    Algorithm algorithm;
    int32_t maximize, decoupled, amsgrad, nesterov, centered;
    double rate, decay, eps;
    double alpha, beta, gamma;
};

// The scalars of one parameter in this step, derived from its step count.
struct Terms {
    double a = 0, b = 0, c = 0;
    bool first = false, rectified = false;
};

// The parameters, their gradients and states as lists of equal length.
struct Lists {
    std::vector<at::Tensor> parameters, gradients, first, second, third;
    std::vector<Terms> terms;
};

void step_lists(const Rule& rule, Lists& lists);

}  // namespace deepcourse
