package dev.lantern.proving.json;

import com.google.gson.JsonElement;

/// What a service was asked.
///
/// @param rpc its full name, `package.Service/Method`
/// @param message in JSON, defaults left out
record Heard(String rpc, JsonElement message) {}
