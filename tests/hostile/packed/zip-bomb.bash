# tries: to fill the disk when it is unpacked
# score: 0
# says: unpacked it takes more than
mkdir "$scratch/bomb"
truncate -s 2G "$scratch/bomb/zeros"
(cd "$scratch/bomb" && zip -q "$folder/$name.zip" zeros)
