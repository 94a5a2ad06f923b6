# A formula for a tap of your own. "node scripts/release.mjs formula" fills in version and checksum. It has not been run by Homebrew.
class WatchFolderRunner < Formula
  desc "Watch folder that makes camera proxies and compares each with its clip"
  homepage "https://github.com/watch-folder-runner/watch-folder-runner"
  url "https://registry.npmjs.org/watch-folder-runner/-/watch-folder-runner-VERSION.tgz"
  sha256 "SHA256"
  license "MIT"

  depends_on "ffmpeg"
  depends_on "node"

  def install
    system "npm", "install", *std_npm_args
    bin.install_symlink libexec.glob("bin/*")
  end

  service do
    run [opt_bin/"watch-folder-runner", var/"watch-folder-runner"]
    keep_alive successful_exit: false
    log_path var/"log/watch-folder-runner.log"
    error_log_path var/"log/watch-folder-runner.log"
  end

  test do
    assert_match "JobSpec", shell_output("#{bin}/watch-folder-runner schema jobspec")
  end
end
