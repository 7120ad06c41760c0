package dev.migrator.target.postgres;

import dev.migrator.core.error.Problem;
import dev.migrator.target.TargetException;
import java.sql.SQLException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Errors of the server and its driver in our words. Says whether trying again can help, and never repeats a secret. */
final class Faults {
    static final String AUTHENTICATION = "TGT-AUTHENTICATION";
    static final String TLS = "TGT-TLS";
    static final String DENIED = "TGT-DENIED";
    static final String REFUSED = "TGT-REFUSED";
    static final String UNAVAILABLE = "TGT-UNAVAILABLE";
    static final String CONSTRAINT = "TGT-CONSTRAINT";
    static final String VALUE = "TGT-VALUE";
    static final String REPLICA = "TGT-REPLICA";

    /** Classes of errors (PostgreSQL, appendix A) that are about what was asked, not about the server's state. */
    private static final Set<String> OF_AN_ENTRY =
            Set.of("0A", "0L", "0P", "21", "22", "23", "2B", "2F", "38", "39", "42", "44", "54", "P0");
    /** Classes that pass: connection, resources, limits of time and locks, shutdown, input and output, internal. */
    private static final Set<String> PASSING = Set.of("08", "25", "40", "53", "55", "57", "58", "XX");

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String READ_ONLY = "25006";
    private static final String OBJECT_IN_USE = "55006";
    private static final String NO_SSL = "08004";
    private static final String UNKNOWN_DATABASE = "3D000";

    private Faults() {}

    private static String state(SQLException error) {
        return error.getSQLState() == null ? "" : error.getSQLState();
    }

    private static boolean isOf(Set<String> classes, SQLException error) {
        return state(error).length() == 5 && classes.contains(state(error).substring(0, 2));
    }

    /** Whether one of the entries written is to blame: without it, the others may go on. */
    static boolean isOfAnEntry(SQLException error) {
        return isOf(OF_AN_ENTRY, error) || state(error).equals(OBJECT_IN_USE);
    }

    /** Whether a value is none that the column's type has. */
    static boolean isOfAValue(SQLException error) {
        return state(error).startsWith("22");
    }

    private static boolean mayPass(SQLException error) {
        return (isOf(PASSING, error) && !state(error).equals(READ_ONLY))
                || state(error).isEmpty();
    }

    /** @param doing what was asked, e.g. {@code read 12 rows} */
    static TargetException of(String doing, SQLException error) {
        var problem = problem(doing, error);
        if (problem.code().equals(TLS) || problem.code().equals(AUTHENTICATION)) {
            return new TargetException.Refused(problem, null);
        }
        return mayPass(error)
                ? new TargetException.Unavailable(problem, error)
                : new TargetException.Refused(problem, error);
    }

    static Problem problem(String doing, SQLException error) {
        var state = state(error);
        if (isOfTls(error)) {
            return Problem.of(TLS, "client and server cannot agree on an encrypted connection")
                    .about(doing)
                    .expected("a server with TLS and a certificate that is trusted for its name")
                    .found(text(error))
                    .todo("check sslmode, sslrootcert, sslcert and sslkey of the credential; sslmode: disable where the"
                            + " network is trusted");
        }
        if (state.startsWith("28")) {
            return Problem.of(AUTHENTICATION, "the server does not accept the credential")
                    .about(doing)
                    .found(state)
                    .todo("check username and password, or certificate, and the server's pg_hba.conf");
        }
        if (state.equals(INSUFFICIENT_PRIVILEGE)) {
            return Problem.of(DENIED, "the credential may not do this")
                    .about(doing)
                    .found(text(error))
                    .todo("grant the right to the credential's role; see docs/targets/postgresql.md");
        }
        if (state.equals(READ_ONLY)) {
            return Problem.of(REPLICA, "the server takes no writes")
                    .about(doing)
                    .found(text(error))
                    .todo("give the address of the primary server");
        }
        if (state.startsWith("22")) {
            return Problem.of(VALUE, "a value is none that the column's type has")
                    .about(doing)
                    .found(text(error))
                    .todo("correct the value in the manifest");
        }
        if (state.startsWith("23") || state.startsWith("44") || state.startsWith("2B")) {
            return Problem.of(CONSTRAINT, "the database forbids it by one of its constraints")
                    .about(doing)
                    .found(text(error) + detail(error))
                    .todo("correct the manifest, or put what it needs before it with dependsOn");
        }
        if (state.equals(UNKNOWN_DATABASE)) {
            return Problem.of("TGT-ADDRESS", "the server has no such database")
                    .about(doing)
                    .found(text(error))
                    .todo("correct the target's address in environments.yaml");
        }
        return mayPass(error)
                ? Problem.of(UNAVAILABLE, "the server gave no answer")
                        .about(doing)
                        .found(text(error))
                        .todo("try again")
                : Problem.of(REFUSED, "the server refused").about(doing).found(text(error));
    }

    private static boolean isOfTls(SQLException error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException && !(cause.getCause() instanceof java.net.SocketTimeoutException)) {
                return true;
            }
        }
        // the driver says so itself when the server knows no encryption at all
        return state(error).equals(NO_SSL) && String.valueOf(error.getMessage()).contains("SSL");
    }

    /** The server's sentence, without the statement. */
    static String text(SQLException error) {
        var said = said(error);
        var text = said == null ? error.getMessage() : said.getMessage();
        return state(error) + " " + (text == null ? error.getClass().getSimpleName() : text);
    }

    private static String detail(SQLException error) {
        var said = said(error);
        return said == null || said.getDetail() == null ? "" : ". " + said.getDetail();
    }

    private static ServerErrorMessage said(SQLException error) {
        return error instanceof PSQLException server ? server.getServerErrorMessage() : null;
    }
}
