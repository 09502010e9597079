/// What an app needs to open sessions for its users: assertions, short-lived JWTs that say "this is
/// my user", signed with the app's own key and given to `IdentityService.CreateSession`.
@NullMarked
package dev.lantern.sdk.session;

import org.jspecify.annotations.NullMarked;
