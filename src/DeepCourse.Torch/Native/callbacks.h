// Calls from libtorch back into managed code: custom functions and hooks.
#pragma once

#include "shim.h"

#include <exception>
#include <string>

namespace deepcourse {

// A managed exception on its way through libtorch. Its number leads the managed side back to the original object.
struct ManagedFault : std::exception {
    ManagedFault(int64_t number, const char* text) : number(number), text(text) {}
    const char* what() const noexcept override { return text.c_str(); }

    const int64_t number;
    const std::string text;
};

constexpr int32_t message_capacity = 1024;

// Runs a callback that answers 0 or the number of the exception it kept, and raises that here.
template <typename Callback>
void call_managed(Callback callback) {
    char message[message_capacity] = {};
    const int64_t number = callback(message);
    if (number != 0) throw ManagedFault(number, message);
}

// Ends an export that may run managed code: also reports which managed exception ended it (0: none).
#define DCT_CATCH_FAULT(result)                        \
    return 0;                                          \
    }                                                  \
    catch (const deepcourse::ManagedFault& managed) {  \
        *(result) = managed.number;                    \
        deepcourse::remember_error(managed.what());    \
        return 1;                                      \
    }                                                  \
    catch (...) {                                      \
        deepcourse::remember_current_exception();      \
        return 1;                                      \
    }

}  // namespace deepcourse
