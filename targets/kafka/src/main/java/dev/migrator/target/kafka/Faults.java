package dev.migrator.target.kafka;

import dev.migrator.core.error.Problem;
import dev.migrator.core.model.EntryKey;
import dev.migrator.core.plan.Outcome;
import dev.migrator.target.TargetException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Errors of Kafka's clients in our words. Says whether trying again can help, and never repeats a secret. */
final class Faults {
    static final String AUTHENTICATION = "TGT-AUTHENTICATION";
    static final String TLS = "TGT-TLS";
    static final String DENIED = "TGT-DENIED";
    static final String NO_AUTHORIZER = "TGT-NO-AUTHORIZER";
    static final String UNSUPPORTED = "TGT-UNSUPPORTED";
    static final String CONFIG = "TGT-CONFIG";
    static final String REFUSED = "TGT-REFUSED";
    static final String THROTTLED = "TGT-THROTTLED";
    static final String UNAVAILABLE = "TGT-UNAVAILABLE";
    static final String INTERRUPTED = "TGT-INTERRUPTED";
    static final String RACED = "TGT-RACED";

    private static final Pattern NEEDED = Pattern.compile("Request\\(.* needs ([A-Z_]+) permission");

    private Faults() {}

    /** The error itself, without what futures and clients wrap round it. A refused login is often hidden in a time-out. */
    static Throwable unwrap(Throwable error) {
        Throwable found = error;
        while ((found instanceof ExecutionException || found instanceof CompletionException)
                && found.getCause() != null) {
            found = found.getCause();
        }
        for (Throwable cause = found; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationException || cause instanceof ConfigException) {
                return cause;
            }
        }
        return found;
    }

    static boolean mayPass(Throwable error) {
        return switch (unwrap(error)) {
            case RetriableException _, UnknownServerException _, InterruptException _, InterruptedException _ -> true;
            // java.util.concurrent's, from waiting for an answer; Kafka's own is retriable
            case java.util.concurrent.TimeoutException _, java.io.IOException _ -> true;
            case ConfigException config -> isUnresolvedAddress(config);
            default -> false;
        };
    }

    /** @param doing what was asked of the cluster, e.g. {@code describe 12 topics} */
    static TargetException of(String doing, Throwable error) {
        Throwable found = unwrap(error);
        Problem problem = problem(doing, found);
        Throwable cause = mayHoldSecrets(found) ? null : found;
        return mayPass(found)
                ? new TargetException.Unavailable(problem, cause)
                : new TargetException.Refused(problem, cause);
    }

    /** A client cannot be made. Its errors repeat settings, and a setting can be a password: none is passed on. */
    static TargetException ofSettings(String doing, Throwable error) {
        return unwrap(error) instanceof ConfigException config && isUnresolvedAddress(config)
                ? of(doing, config)
                : new TargetException.Refused(wrongSettings(doing), null);
    }

    /** What became of one entry when its write was answered with an error. */
    static Outcome outcome(EntryKey key, Throwable error) {
        Problem problem = problem("write " + key, error).about(key.toString());
        return mayPass(error) ? new Outcome.Unknown(key, problem) : new Outcome.Failed(key, problem);
    }

    /** The entry was another one by the time it was written; nothing was overwritten. */
    static Outcome raced(EntryKey key, String what) {
        return new Outcome.Unknown(
                key,
                Problem.of(RACED, "the entry changed between reading and writing")
                        .about(key.toString())
                        .found(what)
                        .todo("settle and read it before judging"));
    }

    static boolean isRaced(Outcome outcome) {
        return outcome instanceof Outcome.Unknown(var _, var problem)
                && problem.code().equals(RACED);
    }

    static Problem problem(String doing, Throwable error) {
        Throwable found = unwrap(error);
        return switch (found) {
            case SslAuthenticationException _ ->
                Problem.of(TLS, "client and cluster cannot agree on an encrypted connection")
                        .about(doing)
                        .expected("a certificate that the client trusts, and one of the client's where it is asked for")
                        .found(text(deepest(found)))
                        .todo("check security.protocol, ssl.truststore.* and ssl.keystore.* of the credential, and"
                                + " the port");
            case AuthenticationException _ ->
                Problem.of(AUTHENTICATION, "the cluster does not accept the credential")
                        .about(doing)
                        .found(found.getClass().getSimpleName())
                        .todo("check user, password and mechanism in the credential's properties");
            case AuthorizationException _ ->
                Problem.of(DENIED, "the credential may not do this")
                        .about(doing)
                        .found(denial(found))
                        .todo("grant the permission to the credential's principal");
            case SecurityDisabledException _ ->
                Problem.of(NO_AUTHORIZER, "the cluster has no authorizer, so it holds no ACLs")
                        .about(doing)
                        .todo("set authorizer.class.name on the brokers, or leave ACLs out of the manifests");
            case UnsupportedVersionException _ ->
                Problem.of(UNSUPPORTED, "the cluster is too old for this request")
                        .about(doing)
                        .found(text(found));
            case ThrottlingQuotaExceededException _ ->
                Problem.of(THROTTLED, "the cluster throttles changes of its metadata")
                        .about(doing)
                        .todo("wait, or raise controller_mutation_rate of the principal");
            case InterruptException _, InterruptedException _ ->
                Problem.of(INTERRUPTED, "the call was interrupted").about(doing);
            case ConfigException config
            when isUnresolvedAddress(config) ->
                Problem.of(UNAVAILABLE, "no address of the cluster can be resolved")
                        .about(doing)
                        .todo("check the target's address and the name service");
            case ConfigException _ -> wrongSettings(doing);
            default ->
                mayPass(found)
                        ? Problem.of(UNAVAILABLE, "the cluster gave no answer")
                                .about(doing)
                                .found(text(found))
                        : Problem.of(REFUSED, "the cluster refused")
                                .about(doing)
                                .found(text(found));
        };
    }

    /** A broker's text about a cluster right shows its own objects, other ones each time: only the right is told. */
    private static String denial(Throwable error) {
        var needed = NEEDED.matcher(String.valueOf(error.getMessage()));
        return needed.find() ? error.getClass().getSimpleName() + ": needs " + needed.group(1) : text(error);
    }

    private static Throwable deepest(Throwable error) {
        Throwable found = error;
        while (found.getCause() != null) {
            found = found.getCause();
        }
        return found;
    }

    private static Problem wrongSettings(String doing) {
        return Problem.of(CONFIG, "the client cannot be made from these settings")
                .about(doing)
                .todo("check the credential's properties against the Kafka client's");
    }

    private static boolean mayHoldSecrets(Throwable error) {
        return error instanceof AuthenticationException || error instanceof ConfigException;
    }

    private static boolean isUnresolvedAddress(ConfigException error) {
        return error.getMessage() != null && error.getMessage().startsWith("No resolvable bootstrap urls");
    }

    static String text(Throwable error) {
        String name = error.getClass().getSimpleName();
        return error.getMessage() == null ? name : name + ": " + error.getMessage();
    }
}
