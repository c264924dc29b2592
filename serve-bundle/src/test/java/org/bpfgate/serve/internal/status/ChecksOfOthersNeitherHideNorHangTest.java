package org.bpfgate.serve.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.felix.framework.FrameworkFactory;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;

/** Health checks are services of any bundle. */
@Timeout(60)
class ChecksOfOthersNeitherHideNorHangTest {
    private Framework framework;

    @BeforeEach
    void start(@TempDir Path storage) throws BundleException {
        framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, storage.toString()));
        framework.start();
    }

    @AfterEach
    void stop() throws BundleException {
        framework.stop();
    }

    private void register(String name, HealthCheck check) {
        framework
                .getBundleContext()
                .registerService(HealthCheck.class, check, FrameworkUtil.asDictionary(Map.of(HealthCheck.NAME, name)));
    }

    @Test
    void eachHasItsOutcome() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        register("good", () -> new Result(Result.Status.OK, "fine"));
        register("warns", () -> {
            ResultLog log = new ResultLog();
            log.add(new ResultLog.Entry(Result.Status.OK, "this is fine"));
            log.add(new ResultLog.Entry(Result.Status.WARN, "this is not"));
            return new Result(log);
        });
        register("throws", () -> {
            throw new IllegalStateException("broken");
        });
        register("null", () -> null);
        register("hangs", () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Result(Result.Status.OK, "late");
        });
        assertThat(new HealthChecks(framework.getBundleContext()).run())
                .extracting(outcome -> outcome.name() + " " + outcome.status() + " " + outcome.messages())
                .containsExactly(
                        "good OK [fine]",
                        "warns WARN [this is not]",
                        "throws HEALTH_CHECK_ERROR [health check throws failed: java.lang.IllegalStateException: broken]",
                        "null HEALTH_CHECK_ERROR [health check null says nothing]",
                        "hangs HEALTH_CHECK_ERROR [health check hangs has not ended within 2 s]");
    }
}
