package dev.lantern.walletapi.session;

/// A user as one app knows him.
///
/// @param appUserId 1 to 128 visible ASCII characters. No blanks: some comparisons of databases
///   ignore those at the end, and then two users would be one
public record AppUser(int appId, String appUserId) {
  private static final int CHARS_MAX = 128;

  public AppUser {
    if (appId <= 0 || !isAppUserId(appUserId)) {
      throw new IllegalArgumentException("not an app's user");
    }
  }

  static boolean isAppUserId(String text) {
    return !text.isEmpty()
        && text.length() <= CHARS_MAX
        && text.chars().allMatch(c -> c > ' ' && c <= '~');
  }
}
