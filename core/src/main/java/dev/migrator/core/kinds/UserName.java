package dev.migrator.core.kinds;

/** A Kafka user as such, and as access rules name them. */
public final class UserName {
    private static final String TYPE = "User:";

    private UserName() {}

    public static String principal(String user) {
        return TYPE + user;
    }

    /** Without the type, if it has that of users. */
    public static String of(String principal) {
        return principal.startsWith(TYPE) ? principal.substring(TYPE.length()) : principal;
    }
}
