// What c10d's header for Gloo must know of Gloo's types to be compiled: Gloo itself is inside libtorch or beside it,
// but its headers come with neither. They are searched for first; these stand in where there are none.
// The shim only hands pointers to such objects on: it makes none, so their members are of no consequence here. The one
// exception are the virtual functions of Store, which c10d's header overrides.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace gloo {

class Context {
public:
    virtual ~Context();
    void setTimeout(std::chrono::milliseconds timeout);
};

namespace transport {

class Device {
public:
    virtual ~Device();
};

class UnboundBuffer {
public:
    virtual ~UnboundBuffer();
};

}  // namespace transport

namespace rendezvous {

class Store {
public:
    static constexpr std::chrono::milliseconds kDefaultTimeout{30000};

    virtual ~Store();
    virtual void set(const std::string& key, const std::vector<char>& value) = 0;
    virtual std::vector<char> get(const std::string& key) = 0;
    virtual void wait(const std::vector<std::string>& keys) = 0;
    virtual void wait(const std::vector<std::string>& keys, const std::chrono::milliseconds& timeout) = 0;
};

}  // namespace rendezvous

}  // namespace gloo
