# tries: to hand in an archive that is none
# score: 0
# says: it cannot be unpacked: a .zip or a .tar.gz is needed
echo 'this is no archive' >"$folder/$name.zip"
