# A panel of bars: a server per row, its median as a bar from zero, whiskers
# for the median's interval, a dot for every round. A bar of two parts, such as
# user and system, has two colours. One that is far longer than the others is
# shortened ('drawn') and its text says so. A server without figures is a gap that
# says why, never a bar of length zero.

medians = charts.name.'.tsv'
rounds  = charts.name.'_rounds.tsv'
part_drawn(_) = get('part') * get('drawn') / get('median')
is_whole(name) = get('median') > get('drawn') ? NaN : get(name)
set format x (panel_most[panel] < 10000 ? '%g' : '%.0s%c')

plot \
  medians using (0):(column('row')):(said('label')) \
    with labels right offset -1,0 font ',12' tc rgb ink, \
  medians using (0):(get('row')):(0):(get('drawn')): \
    (get('row') - 0.38):(get('row') + 0.38) with boxxyerror fc rgb sky, \
  medians using (part_drawn(0)):(get('row')):(part_drawn(0)):(get('drawn')): \
    (get('row') - 0.38):(get('row') + 0.38) with boxxyerror fc rgb orange, \
  medians using (is_whole('median')):(get('row') - 0.14):(get('low')):(get('high')) \
    with xerrorbars ls 1 pt -1, \
  rounds using (marked('value', 'valid')):(get('row') + 0.16) \
    with points pt 7 ps 0.4 lc rgb blue, \
  rounds using (marked('value', 'suspect')):(get('row') + 0.16) \
    with points pt 6 ps 0.5 lc rgb blue, \
  rounds using (marked('value', 'invalid')):(get('row') + 0.16) \
    with points pt 2 ps 0.5 lc rgb vermillion, \
  medians using (column('end')):(column('row')):(figures('text')) \
    with labels left offset 1,0 font ',10' tc rgb ink, \
  medians using (0):(column('row')):(excuse('text')) \
    with labels left offset 1,0 font ',10' tc rgb vermillion
