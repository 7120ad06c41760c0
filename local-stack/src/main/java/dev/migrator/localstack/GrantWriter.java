package dev.migrator.localstack;

import dev.migrator.localstack.server.KafkaSpec;
import dev.migrator.localstack.server.LocalStackException;
import dev.migrator.localstack.server.LocalStackException.Code;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;

/** Puts the grants into a broker; a second time changes nothing. */
final class GrantWriter {
    private static final int SECONDS = 30;

    private GrantWriter() {}

    /**
     * Writes them in one request and returns when the broker shows them: acknowledged is not yet in force.
     *
     * @throws LocalStackException {@code LST-SYSTEM} if the broker refuses or does not show them in time
     */
    static void write(KafkaSpec cluster, List<AclBinding> grants) {
        try (Admin admin = Admin.create(new HashMap<>(cluster.clientConfig(KafkaSpec.ADMIN)))) {
            admin.createAcls(grants).all().get(SECONDS, TimeUnit.SECONDS);
            long deadline = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
            while (!shown(admin).containsAll(grants)) {
                if (System.nanoTime() - deadline > 0) {
                    throw failed(cluster, "the broker does not show them after " + SECONDS + " s", null);
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        } catch (ExecutionException | TimeoutException e) {
            throw failed(cluster, String.valueOf(e.getCause() == null ? e : e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(cluster, "an interruption", e);
        }
    }

    private static Collection<AclBinding> shown(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        return admin.describeAcls(AclBindingFilter.ANY).values().get(SECONDS, TimeUnit.SECONDS);
    }

    private static LocalStackException failed(KafkaSpec cluster, String found, Exception cause) {
        return new LocalStackException(
                Code.LST_SYSTEM,
                "permissions on kafka " + cluster.name(),
                "the grants of the local stack in force",
                found,
                "look at the log of kafka",
                cause);
    }
}
