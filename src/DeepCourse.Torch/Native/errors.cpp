#include "shim.h"

#include <c10/util/Exception.h>
#include <c10/util/Logging.h>
#include <cstdlib>
#include <cstring>

namespace deepcourse {

static thread_local char* last_error = nullptr;
static thread_local char* last_error_full = nullptr;

static char* copy(const char* text, size_t length) {
    char* result = static_cast<char*>(std::malloc(length + 1));
    if (result) {
        std::memcpy(result, text, length);
        result[length] = 0;
    }
    return result;
}

void remember_error(const char* message) noexcept {
    std::free(last_error);
    std::free(last_error_full);
    // The first line says what is wrong; the native frames that follow help only whoever debugs the shim.
    size_t first = std::strcspn(message, "\n");
    last_error = copy(message, first);
    last_error_full = copy(message, std::strlen(message));
}

void remember_current_exception() noexcept {
    try {
        throw;
    } catch (const c10::Error& error) {
        remember_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        remember_error(error.what());
    } catch (...) {
        remember_error("unknown native exception");
    }
}

}  // namespace deepcourse

// libtorch symbolises a native backtrace for every error it throws, which costs milliseconds and tells a C# caller
// nothing. It stays when whoever debugs the shim asks for it.
__attribute__((constructor)) static void skip_backtraces() {
    if (!std::getenv("DEEPCOURSE_NATIVE_BACKTRACE"))
        c10::SetStackTraceFetcher(std::function<std::string()>([] { return std::string(); }));
}

// The message of this thread's last failed call; with full != 0 everything libtorch said.
DCT_EXPORT const char* dct_last_error(int full) {
    const char* text = full ? deepcourse::last_error_full : deepcourse::last_error;
    return text ? text : "unknown native error";
}
